import { Refusal } from '../refusal.ts';
import { deadLetterOverDelivered } from './dead-letter.ts';
import type { Engine } from './engine.ts';
import type { Entity } from './entity.ts';
import { Feed } from './feed.ts';
import { HeldSession } from './held-session.ts';
import type { SessionOwner } from './held-session.ts';
import type { MessageLock } from './message-locks.ts';
import { wake } from './wake.ts';

/** Locks a session by name, whether or not it has messages. Throws a refusal while another receiver holds it. */
export function holdSession(engine: Engine, entity: Entity, id: string, owner: SessionOwner): HeldSession {
  if (entity.sessions.find(id) !== undefined) {
    throw new Refusal(
      'com.microsoft:session-cannot-be-locked',
      `The session "${id}" cannot be accepted. It may be locked by another receiver.`,
    );
  }
  const feed = new Feed(engine.messages, entity.id, id);
  const session = new HeldSession(id, owner, feed, engine.now() + entity.definition.lockDurationMs);
  entity.sessions.hold(session);
  return session;
}

/** Locks the session that has waited longest, if any has a message and no receiver. */
export function holdNextSession(engine: Engine, entity: Entity, owner: SessionOwner): HeldSession | undefined {
  for (let id = entity.sessions.takeAvailable(); id !== undefined; id = entity.sessions.takeAvailable()) {
    // Its messages may have expired or been received by name in the meantime.
    if (engine.messages.next(entity.id, id, 0) !== undefined) return holdSession(engine, entity, id, owner);
  }
  return undefined;
}

/** Gives available sessions to those who wait for one, first come, first served. */
export function grantSessions(engine: Engine): void {
  for (const entity of engine.awaited) {
    for (const waiter of entity.sessions.waiters) {
      const session = holdNextSession(engine, entity, waiter.owner);
      if (session === undefined) break;
      entity.sessions.waiters.delete(waiter);
      engine.commits.after(() => waiter.granted(session));
    }
  }
  engine.awaited.clear();
}

/**
 * Ends a hold. What was handed out under it and not settled is available again; it counts as a delivery unless the receiver
 * closed of its own accord (the table under "Delivery count" in learn.microsoft.com/azure/service-bus-messaging/message-sessions).
 */
export function releaseSession(engine: Engine, entity: Entity, session: HeldSession, counts: boolean): void {
  if (session.over) return;
  engine.commits.write(() => {
    entity.sessions.release(session);
    for (const lock of session.locks.all()) releaseUnsettled(engine, entity, lock, counts);
    if (engine.messages.next(entity.id, session.id, 0) !== undefined) wake(engine, entity, session.id);
  });
}

function releaseUnsettled(engine: Engine, entity: Entity, lock: MessageLock, counts: boolean): void {
  if (!counts) return engine.messages.countDelivery(lock.seq, -1);
  if (lock.deferred || lock.deliveries < entity.definition.maxDeliveryCount) return;
  const message = engine.messages.read(lock.seq);
  if (message !== undefined) deadLetterOverDelivered(engine, entity, message);
}
