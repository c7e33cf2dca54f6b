import { Refusal } from '../refusal.ts';
import { ACTIVE, SCHEDULED } from '../store/stored-message.ts';
import type { NewMessage } from '../store/stored-message.ts';
import type { Engine } from './engine.ts';
import type { Entity } from './entity.ts';
import { publish } from './publish.ts';
import { Topic } from './topic.ts';
import { wake } from './wake.ts';

/** What stands for the sequence number of a message of which only the subscriptions of its topic have copies. */
const PUBLISHED = 0;

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
 * Keeps messages sent to a queue or topic and answers their sequence numbers; they are safe after the next commit. A message seen
 * within the duplicate window is accepted without being kept again. Throws a refusal, and keeps none, when one lacks the session its queue requires.
 */
export function keepMessages(engine: Engine, target: Entity | Topic, arrivals: readonly Arrival[]): readonly number[] {
  if (requiresSession(target) && arrivals.some((arrival) => arrival.session === null)) {
    throw new Refusal('amqp:not-allowed', `The queue "${target.name}" requires sessions: set the session id of every message sent to it.`);
  }
  return engine.commits.write(() => arrivals.map((arrival) => keepUnlessSeen(engine, target, arrival)));
}

function requiresSession(target: Entity | Topic): boolean {
  return !(target instanceof Topic) && target.definition.requiresSession;
}

function keepUnlessSeen(engine: Engine, target: Entity | Topic, arrival: Arrival): number {
  const { requiresDuplicateDetection, duplicateWindowMs } = target.definition;
  if (!requiresDuplicateDetection) return keep(engine, target, arrival);
  const now = engine.now();
  const before = engine.seen.find(target.id, arrival.messageId, now);
  if (before !== undefined) return before;
  const seq = keep(engine, target, arrival);
  engine.seen.add(target.id, arrival.messageId, seq, { now, expiresAt: now + duplicateWindowMs });
  return seq;
}

function keep(engine: Engine, target: Entity | Topic, arrival: Arrival): number {
  const { defaultTtlMs } = target.definition;
  const now = engine.now();
  const dueAt = Math.max(now, arrival.scheduledAt ?? now);
  const ttlMs = Math.min(arrival.ttlMs ?? Number.POSITIVE_INFINITY, defaultTtlMs ?? Number.POSITIVE_INFINITY);
  const message: NewMessage = {
    queue: target.id,
    session: target instanceof Topic || target.definition.requiresSession ? arrival.session : null,
    state: dueAt > now ? SCHEDULED : ACTIVE,
    enqueuedAt: now,
    dueAt,
    expiresAt: Number.isFinite(ttlMs) ? dueAt + ttlMs : null,
    deliveries: 0,
    source: null,
    content: arrival.content,
  };
  if (dueAt <= now && target instanceof Topic) {
    publish(engine, target, message);
    return PUBLISHED;
  }
  const seq = engine.messages.insert(message);
  if (dueAt <= now && !(target instanceof Topic)) wake(engine, target, message.session);
  return seq;
}
