import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { RpcTypedData } from '../worker/rpc-types.ts';

type Message = ServiceBusReceivedMessage;
type Metadata = Readonly<Record<string, RpcTypedData>>;

/** What is text. */
const TEXTS: Readonly<Record<string, (message: Message) => string | number | boolean | Buffer | undefined | null>> = {
  MessageId: (message) => message.messageId,
  SessionId: (message) => message.sessionId,
  CorrelationId: (message) => message.correlationId,
  ContentType: (message) => message.contentType,
  Subject: (message) => message.subject,
  Label: (message) => message.subject,
  To: (message) => message.to,
  ReplyTo: (message) => message.replyTo,
  ReplyToSessionId: (message) => message.replyToSessionId,
  PartitionKey: (message) => message.partitionKey,
  DeadLetterSource: (message) => message.deadLetterSource,
  LockToken: (message) => message.lockToken,
};

/** What is a number, an instant or a map. */
const VALUES: Readonly<Record<string, (message: Message) => unknown>> = {
  // The SDK counts the deliveries before this one.
  DeliveryCount: (message) => (message.deliveryCount ?? 0) + 1,
  SequenceNumber: (message) => Number(message.sequenceNumber ?? 0),
  EnqueuedTime: (message) => message.enqueuedTimeUtc,
  EnqueuedTimeUtc: (message) => message.enqueuedTimeUtc,
  ExpiresAt: (message) => message.expiresAtUtc,
  ExpiresAtUtc: (message) => message.expiresAtUtc,
  ApplicationProperties: (message) => message.applicationProperties ?? {},
  UserProperties: (message) => message.applicationProperties ?? {},
};

/**
 * The trigger metadata of a message, named as the Service Bus extension names it
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger#message-metadata).
 */
export function messageMetadata(message: Message): Metadata {
  const texts = Object.entries(TEXTS).map(([name, read]) => [name, text(read(message))] as const);
  const values = Object.entries(VALUES).map(([name, read]) => [name, json(read(message))] as const);
  return present([...texts, ...values]);
}

/** The trigger metadata of a batch: lists in the order of the messages, with `Array` after each name. What a message does not have is an empty text or null. */
export function batchMetadata(messages: readonly Message[]): Metadata {
  const texts = Object.entries(TEXTS).map(([name, read]) => [`${name}Array`, textList(messages.map(read))] as const);
  const values = Object.entries(VALUES).map(
    ([name, read]) => [`${name}Array`, json(messages.map((message) => read(message) ?? null))] as const,
  );
  return present([...texts, ...values]);
}

function present(entries: readonly (readonly [string, RpcTypedData | undefined])[]): Metadata {
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, RpcTypedData] => entry[1] !== undefined));
}

function text(value: ReturnType<(typeof TEXTS)[string]>): RpcTypedData | undefined {
  return value === undefined || value === null ? undefined : { string: String(value) };
}

function textList(values: readonly ReturnType<(typeof TEXTS)[string]>[]): RpcTypedData | undefined {
  const isAbsent = values.every((value) => value === undefined || value === null);
  return isAbsent ? undefined : { collectionString: { string: values.map((value) => String(value ?? '')) } };
}

function json(value: unknown): RpcTypedData | undefined {
  return value === undefined ? undefined : { json: JSON.stringify(value) };
}
