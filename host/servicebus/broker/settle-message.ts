import { withApplicationProperties } from '../message/application-properties.ts';
import { Refusal } from '../refusal.ts';
import { ACTIVE, DEFERRED } from '../store/stored-message.ts';
import type { StoredMessage } from '../store/stored-message.ts';
import { deadLetterOverDelivered, moveToDeadLetters } from './dead-letter.ts';
import type { DeadLetterCause } from './dead-letter.ts';
import type { Engine } from './engine.ts';
import type { MessageLock } from './message-locks.ts';
import { findLock } from './scope.ts';
import type { Scope } from './scope.ts';
import { wake } from './wake.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What a receiver says of a message it holds; properties are set on the message besides its own. */
export type Settlement =
  | { readonly is: 'complete' }
  | { readonly is: 'abandon'; readonly properties: Properties }
  | { readonly is: 'defer'; readonly properties: Properties }
  | { readonly is: 'deadLetter'; readonly cause: DeadLetterCause };

/** Carries out a settlement under a lock token. Throws a refusal when the lock has ended; the message is then somebody else's. */
export function settleMessage(engine: Engine, scope: Scope, token: string, settlement: Settlement): void {
  const lock = findLock(scope, token, engine.now());
  if (settlement.is === 'deadLetter' && scope.entity.deadLetters === undefined) {
    throw new Refusal('amqp:not-allowed', 'A message of a dead-letter queue cannot be dead-lettered again. Complete it.');
  }
  engine.commits.write(() => {
    (scope.session ?? scope.entity).locks.remove(lock);
    if (settlement.is === 'complete') return engine.messages.remove(lock.seq);
    const message = engine.messages.read(lock.seq);
    if (message !== undefined) putBack(engine, scope, { lock, message, settlement });
  });
}

/** Gives a message back whose lock has ended; the delivery counts. */
export function releaseMessage(engine: Engine, scope: Scope, lock: MessageLock): void {
  engine.commits.write(() => {
    (scope.session ?? scope.entity).locks.remove(lock);
    const message = engine.messages.read(lock.seq);
    if (message !== undefined) makeAvailable(engine, scope, lock, message);
  });
}

interface Return {
  readonly lock: MessageLock;
  readonly message: StoredMessage;
  readonly settlement: Exclude<Settlement, { is: 'complete' }>;
}

function putBack(engine: Engine, scope: Scope, { lock, message, settlement }: Return): void {
  const { deadLetters } = scope.entity;
  if (settlement.is === 'deadLetter') {
    if (deadLetters !== undefined) moveToDeadLetters(engine, deadLetters, message, settlement.cause);
    return;
  }
  const state = settlement.is === 'defer' || lock.deferred ? DEFERRED : ACTIVE;
  const content = withApplicationProperties(message.content, settlement.properties);
  if (state !== message.state || content !== message.content) engine.messages.rewrite(message.seq, state, content);
  if (state === ACTIVE) makeAvailable(engine, scope, lock, { ...message, content });
}

function makeAvailable(engine: Engine, scope: Scope, lock: MessageLock, message: StoredMessage): void {
  if (lock.deferred) return;
  if (lock.deliveries >= scope.entity.definition.maxDeliveryCount) return deadLetterOverDelivered(engine, scope.entity, message);
  (scope.session ?? scope.entity).feed.giveBack(lock.seq);
  wake(engine, scope.entity, message.session);
}
