import { newLockToken } from '../message/lock-token.ts';
import { Refusal } from '../refusal.ts';
import { EVERY_STATE } from '../store/message-store.ts';
import { DEFERRED, SCHEDULED } from '../store/stored-message.ts';
import type { StoredMessage } from '../store/stored-message.ts';
import type { HandedMessage } from './handed-message.ts';
import type { Engine } from './engine.ts';
import type { Entity } from './entity.ts';
import type { MessageLock } from './message-locks.ts';
import type { Scope } from './scope.ts';
import type { Topic } from './topic.ts';

/** More than this many are not shown at once, so that an answer stays small. */
const BROWSED_AT_ONCE = 250;

/** Shows messages from a sequence number on, in whatever state, without locking or counting them. */
export function browse(
  engine: Engine,
  place: { readonly entity: Entity; readonly session: string | null },
  first: number,
  limit: number,
): readonly StoredMessage[] {
  const { entity, session } = place;
  const most = Math.min(limit, BROWSED_AT_ONCE);
  const now = engine.now();
  return EVERY_STATE.flatMap((state) => engine.messages.from({ queue: entity.id, session, state }, first, most))
    .filter((message) => message.expiresAt === null || message.expiresAt > now)
    .toSorted((a, b) => a.seq - b.seq)
    .slice(0, most);
}

/** Takes a scheduled message back before its time. Throws a refusal when there is none of that number. */
export function cancelScheduled(engine: Engine, target: Entity | Topic, seqs: readonly number[]): void {
  const missing = seqs.find((seq) => {
    const message = engine.messages.read(seq);
    return message?.queue !== target.id || message.state !== SCHEDULED;
  });
  if (missing !== undefined)
    throw new Refusal('com.microsoft:message-not-found', `There is no scheduled message with the sequence number ${missing}.`);
  engine.commits.write(() => {
    for (const seq of seqs) engine.messages.remove(seq);
  });
}

/** Hands out deferred messages by number, locked or removed. Throws a refusal, and hands out none, when one cannot be had. */
export function fetchDeferred(engine: Engine, scope: Scope, seqs: readonly number[], removes: boolean): readonly HandedMessage[] {
  const messages = seqs.map((seq) => deferredMessage(engine, scope, seq));
  return engine.commits.write(() =>
    messages.map((message) => ({ message, lock: removes ? removed(engine, message) : locked(engine, scope, message) })),
  );
}

function deferredMessage(engine: Engine, scope: Scope, seq: number): StoredMessage {
  const message = engine.messages.read(seq);
  const holder = scope.session ?? scope.entity;
  const here = message?.queue === scope.entity.id && message.session === (scope.session?.id ?? null);
  if (message === undefined || !here || message.state !== DEFERRED || holder.locks.isLocked(seq)) {
    throw new Refusal(
      'com.microsoft:message-not-found',
      `There is no deferred message with the sequence number ${seq}, or a receiver holds it.`,
    );
  }
  return message;
}

function removed(engine: Engine, message: StoredMessage): undefined {
  engine.messages.remove(message.seq);
}

function locked(engine: Engine, scope: Scope, message: StoredMessage): MessageLock {
  const { entity, session } = scope;
  engine.messages.countDelivery(message.seq, 1);
  const until = session === undefined ? engine.now() + entity.definition.lockDurationMs : Number.POSITIVE_INFINITY;
  const lock = { token: newLockToken(), seq: message.seq, until, deliveries: message.deliveries + 1, deferred: true };
  (session ?? entity).locks.add(lock);
  return lock;
}
