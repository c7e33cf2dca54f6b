import { Refusal } from '../refusal.ts';
import type { Entity } from './entity.ts';
import type { HeldSession } from './held-session.ts';
import type { MessageLock } from './message-locks.ts';

/** Where a lock is looked for: a queue, or a session of it that a receiver holds. */
export interface Scope {
  readonly entity: Entity;
  readonly session: HeldSession | undefined;
}

/** The lock behind a token. Throws a refusal when it, or the session it was given under, has ended. */
export function findLock(scope: Scope, token: string, now: number): MessageLock {
  const { entity, session } = scope;
  if (session !== undefined && (session.over || session.until <= now)) throw sessionLost(session.id);
  const lock = (session ?? entity).locks.find(token);
  if (lock !== undefined && lock.until > now) return lock;
  throw new Refusal(
    'com.microsoft:message-lock-lost',
    'The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.',
  );
}

/** The refusal for whoever acts in the name of a session that it no longer holds. */
export function sessionLost(id: string): Refusal {
  return new Refusal('com.microsoft:session-lock-lost', `The lock on the session "${id}" has ended. Accept the session again.`);
}
