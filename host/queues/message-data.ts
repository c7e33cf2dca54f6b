import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { isUtf8 } from 'node:buffer';
import type { RpcTypedData } from '../worker/rpc-types.ts';

/** The body of a message for a trigger: text where it is UTF-8 (the library parses JSON), else bytes. The receiver must not parse bodies itself. */
export function messageBody(message: ServiceBusReceivedMessage): RpcTypedData {
  const body: unknown = message.body;
  if (body instanceof Uint8Array) return isUtf8(body) ? { string: Buffer.from(body).toString('utf8') } : { bytes: body };
  return { string: typeof body === 'string' ? body : JSON.stringify(body ?? null) };
}

/**
 * The trigger metadata of a message, named as the Service Bus extension names it
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger#message-metadata).
 */
export function messageMetadata(message: ServiceBusReceivedMessage): Readonly<Record<string, RpcTypedData>> {
  const properties = json(message.applicationProperties ?? {});
  return present({
    MessageId: text(message.messageId),
    SessionId: text(message.sessionId),
    CorrelationId: text(message.correlationId),
    ContentType: text(message.contentType),
    Subject: text(message.subject),
    Label: text(message.subject),
    To: text(message.to),
    ReplyTo: text(message.replyTo),
    ReplyToSessionId: text(message.replyToSessionId),
    PartitionKey: text(message.partitionKey),
    DeadLetterSource: text(message.deadLetterSource),
    LockToken: text(message.lockToken),
    DeliveryCount: { int: (message.deliveryCount ?? 0) + 1 },
    SequenceNumber: json(Number(message.sequenceNumber ?? 0)),
    EnqueuedTime: json(message.enqueuedTimeUtc),
    EnqueuedTimeUtc: json(message.enqueuedTimeUtc),
    ExpiresAt: json(message.expiresAtUtc),
    ExpiresAtUtc: json(message.expiresAtUtc),
    ApplicationProperties: properties,
    UserProperties: properties,
  });
}

function present(values: Readonly<Record<string, RpcTypedData | undefined>>): Readonly<Record<string, RpcTypedData>> {
  const result: Record<string, RpcTypedData> = {};
  for (const [name, value] of Object.entries(values)) if (value) result[name] = value;
  return result;
}

function text(value: string | number | boolean | Buffer | undefined | null): RpcTypedData | undefined {
  return value === undefined || value === null ? undefined : { string: String(value) };
}

function json(value: unknown): RpcTypedData | undefined {
  return value === undefined ? undefined : { json: JSON.stringify(value) };
}
