import { Refusal } from '../refusal.ts';
import { ACTIVE, SCHEDULED } from '../store/stored-message.ts';
import type { Engine } from './engine.ts';
import type { Entity } from './entity.ts';
import { wake } from './wake.ts';

/** A message as it came in. */
export interface Arrival {
  /** The whole AMQP message, encoded, with a message id. */
  readonly content: Uint8Array;
  readonly messageId: string;
  readonly session: string | null;
  readonly ttlMs: number | undefined;
  /** Not to be delivered before this instant, milliseconds since 1970. */
  readonly scheduledAt: number | undefined;
}

/**
 * Keeps messages and answers their sequence numbers; they are safe after the next commit. A message the queue has seen
 * within its duplicate window is accepted without being kept again. Throws a refusal, and keeps none, when one lacks the session its queue requires.
 */
export function keepMessages(engine: Engine, entity: Entity, arrivals: readonly Arrival[]): readonly number[] {
  if (entity.definition.requiresSession && arrivals.some((arrival) => arrival.session === null)) {
    throw new Refusal('amqp:not-allowed', `The queue "${entity.name}" requires sessions: set the session id of every message sent to it.`);
  }
  return engine.commits.write(() => arrivals.map((arrival) => keepUnlessSeen(engine, entity, arrival)));
}

function keepUnlessSeen(engine: Engine, entity: Entity, arrival: Arrival): number {
  const { requiresDuplicateDetection, duplicateWindowMs } = entity.definition;
  if (!requiresDuplicateDetection) return keep(engine, entity, arrival);
  const now = engine.now();
  const before = engine.seen.find(entity.id, arrival.messageId, now);
  if (before !== undefined) return before;
  const seq = keep(engine, entity, arrival);
  engine.seen.add(entity.id, arrival.messageId, seq, { now, expiresAt: now + duplicateWindowMs });
  return seq;
}

function keep(engine: Engine, entity: Entity, arrival: Arrival): number {
  const { requiresSession, defaultTtlMs } = entity.definition;
  const now = engine.now();
  const dueAt = Math.max(now, arrival.scheduledAt ?? now);
  const ttlMs = Math.min(arrival.ttlMs ?? Number.POSITIVE_INFINITY, defaultTtlMs ?? Number.POSITIVE_INFINITY);
  const session = requiresSession ? arrival.session : null;
  const seq = engine.messages.insert({
    queue: entity.id,
    session,
    state: dueAt > now ? SCHEDULED : ACTIVE,
    enqueuedAt: now,
    dueAt,
    expiresAt: Number.isFinite(ttlMs) ? dueAt + ttlMs : null,
    deliveries: 0,
    source: null,
    content: arrival.content,
  });
  if (dueAt <= now) wake(engine, entity, session);
  return seq;
}
