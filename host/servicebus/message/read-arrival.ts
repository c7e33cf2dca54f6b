import rhea from 'rhea';
import type { Message } from 'rhea';
import { randomUUID } from 'node:crypto';
import type { Arrival } from '../broker/keep-messages.ts';
import { Refusal } from '../refusal.ts';
import { asBuffer } from './application-properties.ts';

/**
 * The largest message taken, in bytes: that of the Standard tier and of the emulator
 * (learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas).
 */
export const LARGEST_MESSAGE_BYTES = 262_144;

/** A session id may be this long, in characters (same page). */
const LONGEST_SESSION_ID = 128;

/** A decoded message as it is to be kept. Throws a refusal when it is too large or its session id is too long. */
export function arrivalOf(message: Message): Arrival {
  // The client library identifies what it receives by the message id, so every message gets one.
  message.message_id ??= randomUUID().replaceAll('-', '');
  return { ...readSystemProperties(message), content: encodeWithin(message) };
}

/** An encoded message as it is to be kept, its bytes untouched if it has a message id. */
export function arrivalOfBytes(bytes: Uint8Array): Arrival {
  const message = decode(bytes);
  if (message.message_id === undefined) return arrivalOf(message);
  refuseTooLarge(bytes);
  return { ...readSystemProperties(message), content: bytes };
}

/**
 * The messages of a batch: one AMQP message whose data sections are encoded messages
 * (message format 0x80013700, "Batching" in learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide).
 */
export function arrivalsOfBatch(bytes: Uint8Array): readonly Arrival[] {
  refuseTooLarge(bytes);
  const body: unknown = decode(bytes).body;
  const sections = isDataSection(body) ? [body.content].flat() : [];
  return sections.map((section) => {
    if (!(section instanceof Uint8Array)) throw new Refusal('amqp:decode-error', 'A batch must hold its messages as binary data sections.');
    return arrivalOfBytes(section);
  });
}

function readSystemProperties(message: Message): Omit<Arrival, 'content'> {
  const session = typeof message.group_id === 'string' ? message.group_id : null;
  if (session !== null && session.length > LONGEST_SESSION_ID) {
    throw new Refusal(
      'com.microsoft:argument-error',
      `The session id has ${session.length} characters; at most ${LONGEST_SESSION_ID} are allowed.`,
    );
  }
  return {
    messageId: Buffer.isBuffer(message.message_id) ? message.message_id.toString('hex') : String(message.message_id),
    session,
    ttlMs: message.ttl,
    scheduledAt: instantOf(message.message_annotations?.['x-opt-scheduled-enqueue-time']),
  };
}

function instantOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? value : undefined;
}

function decode(bytes: Uint8Array): Message {
  try {
    return toMessage(rhea.message.decode(asBuffer(bytes)));
  } catch (error) {
    throw new Refusal(
      'amqp:decode-error',
      `The message is not an AMQP 1.0 message: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function toMessage(decoded: ReturnType<typeof rhea.message.decode>): Message {
  return { ...decoded, body: decoded['body'] };
}

function encodeWithin(message: Message): Uint8Array {
  const bytes = rhea.message.encode(message);
  refuseTooLarge(bytes);
  return bytes;
}

function refuseTooLarge(bytes: Uint8Array): void {
  if (bytes.length <= LARGEST_MESSAGE_BYTES) return;
  throw new Refusal(
    'amqp:link:message-size-exceeded',
    `The message has ${bytes.length} bytes; at most ${LARGEST_MESSAGE_BYTES} are allowed.`,
  );
}

function isDataSection(body: unknown): body is { readonly content: unknown } {
  return typeof body === 'object' && body !== null && 'content' in body;
}
