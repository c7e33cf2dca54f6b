import { newLockToken } from '../message/lock-token.ts';
import type { StoredMessage } from '../store/stored-message.ts';
import type { Consumer } from './entity.ts';
import { deadLetterOverDelivered, disposeExpired } from './dead-letter.ts';
import type { Engine } from './engine.ts';
import type { Feed } from './feed.ts';
import type { MessageLock } from './message-locks.ts';

/**
 * Offers the restless receivers what there is, one message each in turn, so that none takes all. The messages are locked (or
 * removed) and counted in this transaction and go out after its commit: a message that was seen is a message that was counted.
 */
export function handOut(engine: Engine): void {
  const offered = [...engine.restless];
  engine.restless.clear();
  let hungry = offered.map((consumer) => ({ consumer, left: consumer.capacity() }));
  while (hungry.length > 0) {
    hungry = hungry
      .filter(({ consumer, left }) => left > 0 && handOne(engine, consumer))
      .map(({ consumer, left }) => ({ consumer, left: left - 1 }));
  }
  for (const consumer of offered) engine.commits.after(() => consumer.served());
}

function handOne(engine: Engine, consumer: Consumer): boolean {
  return engine.commits.write(() => {
    const feed = consumer.session === undefined ? consumer.entity.feed : consumer.session.feed;
    const message = takeDeliverable(engine, consumer, feed);
    if (message === undefined) return false;
    const lock = consumer.removesOnReceive ? undefined : lockFor(engine, consumer, message);
    if (lock === undefined) engine.messages.remove(message.seq);
    engine.commits.after(() => consumer.hand({ message, lock }));
    return true;
  });
}

function takeDeliverable(engine: Engine, consumer: Consumer, feed: Feed): StoredMessage | undefined {
  const { entity } = consumer;
  const now = engine.now();
  for (let message = feed.take(); message !== undefined; message = feed.take()) {
    if (message.expiresAt !== null && message.expiresAt <= now) disposeExpired(engine, entity, message);
    // Reached only after a restart: while the process lives, the last lock's end sees to it.
    else if (message.deliveries >= entity.definition.maxDeliveryCount) deadLetterOverDelivered(engine, entity, message);
    else return message;
  }
  return undefined;
}

function lockFor(engine: Engine, consumer: Consumer, message: StoredMessage): MessageLock {
  const { entity, session } = consumer;
  engine.messages.countDelivery(message.seq, 1);
  const lock: MessageLock = {
    token: newLockToken(),
    seq: message.seq,
    // Messages of a session are locked as long as the session is.
    until: session === undefined ? engine.now() + entity.definition.lockDurationMs : Number.POSITIVE_INFINITY,
    deliveries: message.deliveries + 1,
    deferred: false,
    isHeld: () => entity.consumers.has(consumer),
  };
  (session ?? entity).locks.add(lock);
  return lock;
}
