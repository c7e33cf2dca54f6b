import { ACTIVE } from '../store/stored-message.ts';
import type { NewMessage, StoredMessage } from '../store/stored-message.ts';
import { disposeExpired } from './dead-letter.ts';
import type { Directory } from './directory.ts';
import type { Engine } from './engine.ts';
import { releaseSession } from './hold-session.ts';
import { publish } from './publish.ts';
import { releaseMessage } from './settle-message.ts';
import { Topic } from './topic.ts';
import { wake } from './wake.ts';

/** How many messages are moved by time in one transaction, so that a large backlog does not hold up everything else. */
const AT_ONCE = 200;

/** Does what is due: ends locks, enqueues scheduled messages, drops expired ones. Says whether more of it is due, for the next transaction. */
export function keepTime(engine: Engine, directory: Directory): boolean {
  const now = engine.now();
  for (const entity of directory.entities) {
    for (const lock of entity.locks.ended(now)) releaseMessage(engine, { entity, session: undefined }, lock);
    for (const session of entity.sessions.ended(now)) {
      releaseSession(engine, entity, session, true);
      engine.commits.after(() => session.owner.lost());
    }
  }
  const due = engine.messages.due(now, AT_ONCE);
  for (const message of due) enqueueScheduled(engine, directory, message);
  const dropped = engine.messages.expired(now, AT_ONCE).filter((message) => dropExpired(engine, directory, message));
  return due.length === AT_ONCE || dropped.length === AT_ONCE;
}

/**
 * When something is due next, milliseconds since 1970; undefined while nothing is. What had expired when time was last
 * kept and is there still is not due any more: a receiver holds it, and the end of its lock is.
 */
export function nextDue(engine: Engine, directory: Directory, keptAt: number): number | undefined {
  const instants = [engine.messages.earliestDue(), engine.messages.earliestExpiry(keptAt)];
  for (const entity of directory.entities) instants.push(entity.locks.earliestEnd(), entity.sessions.earliestEnd());
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function enqueueScheduled(engine: Engine, directory: Directory, message: StoredMessage): void {
  engine.commits.write(() => {
    // It is enqueued now, so it comes after everything that was enqueued before: a new sequence number.
    engine.messages.remove(message.seq);
    const target = directory.at(message.queue);
    const enqueued: NewMessage = { ...message, state: ACTIVE, enqueuedAt: message.dueAt };
    if (target instanceof Topic) return publish(engine, target, enqueued);
    engine.messages.insert(enqueued);
    if (target !== undefined) wake(engine, target, message.session);
  });
}

function dropExpired(engine: Engine, directory: Directory, message: StoredMessage): boolean {
  const found = directory.at(message.queue);
  const entity = found instanceof Topic ? undefined : found;
  const holder = message.session === null ? entity : entity?.sessions.find(message.session);
  // A receiver that holds a message may still complete it.
  if (holder?.locks.isLocked(message.seq) === true) return false;
  engine.commits.write(() => {
    if (entity === undefined) engine.messages.remove(message.seq);
    else disposeExpired(engine, entity, message);
  });
  return true;
}
