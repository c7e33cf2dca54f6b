import type { Directory } from '../broker/directory.ts';
import type { Engine } from '../broker/engine.ts';
import type { Entity } from '../broker/entity.ts';
import { sessionLost } from '../broker/scope.ts';
import type { Scope } from '../broker/scope.ts';
import { Topic } from '../broker/topic.ts';
import { Refusal } from '../refusal.ts';

/** A request to the `$management` node of a queue, topic or subscription. Field names: "AMQP request-response operations in Azure Service Bus", learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-request-response. */
export interface ManagementRequest {
  readonly engine: Engine;
  readonly directory: Directory;
  readonly target: Entity | Topic;
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The receiving link in whose name the request comes, if any. */
  readonly linkName: string | undefined;
}

/** What an operation answers: the fields of the answer's body, or null for "there is nothing". */
export type ManagementAnswer = Readonly<Record<string, unknown>> | null;

/** What the request is about, if it can be received from. Throws a refusal for a topic. */
export function entityOf({ target, operation }: ManagementRequest): Entity {
  if (!(target instanceof Topic)) return target;
  throw new Refusal('amqp:not-allowed', `"${target.name}" is a topic, which does not know "${operation}". Ask one of its subscriptions.`);
}

/** The queue, or the session the request names, which its link must hold. Throws a refusal when it does not. */
export function scopeOf(request: ManagementRequest): Scope {
  const entity = entityOf(request);
  const id = request.body['session-id'];
  // The client library names the session that a message was sent with, even where its queue has no sessions.
  if (typeof id !== 'string' || !entity.definition.requiresSession) return { entity, session: undefined };
  const session = entity.sessions.find(id);
  const foreign = request.linkName !== undefined && request.linkName !== session?.owner.linkName;
  if (session === undefined || foreign || session.until <= request.engine.now()) throw sessionLost(id);
  return { entity, session };
}

/** The sequence numbers of a request, which come as signed 64-bit integers. */
export function sequenceNumbers(request: ManagementRequest, field: string): readonly number[] {
  return listOf(request, field).map((value) => integerOf(field, value));
}

/** One whole number of a request. */
export function integer(request: ManagementRequest, field: string): number {
  return integerOf(field, request.body[field]);
}

/** The lock tokens of a request, which come as UUIDs. */
export function lockTokens(request: ManagementRequest): readonly string[] {
  return listOf(request, 'lock-tokens').map((value) => {
    if (value instanceof Uint8Array && value.length === 16) return Buffer.from(value).toString('hex');
    throw wrongField('lock-tokens', 'must hold UUIDs');
  });
}

/** The encoded messages of a request. */
export function encodedMessages(request: ManagementRequest): readonly Uint8Array[] {
  return listOf(request, 'messages').map((entry) => {
    const bytes: unknown = typeof entry === 'object' && entry !== null && 'message' in entry ? entry.message : undefined;
    if (bytes instanceof Uint8Array) return bytes;
    throw wrongField('messages', 'must hold maps with the encoded "message"');
  });
}

/** The refusal for a request with a field that cannot be used. */
export function wrongField(field: string, problem: string): Refusal {
  return new Refusal('com.microsoft:argument-error', `The field "${field}" ${problem}.`);
}

function listOf(request: ManagementRequest, field: string): readonly unknown[] {
  const value = request.body[field];
  if (Array.isArray(value)) return value;
  throw wrongField(field, 'must be a list');
}

function integerOf(field: string, value: unknown): number {
  // The library gives integers above 2^53 as bytes; no number given here is as large.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (value instanceof Uint8Array && value.length === 8) return Number(Buffer.from(value).readBigInt64BE());
  throw wrongField(field, 'must hold whole numbers');
}
