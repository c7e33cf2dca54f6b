import { withApplicationProperties } from '../message/application-properties.ts';
import { ACTIVE } from '../store/stored-message.ts';
import type { StoredMessage } from '../store/stored-message.ts';
import type { Engine } from './engine.ts';
import type { Entity } from './entity.ts';
import { wake } from './wake.ts';

/** Why a message goes to the dead-letter queue; kept as its application properties. */
export interface DeadLetterCause {
  readonly reason: string | undefined;
  readonly description: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The reasons the service itself gives: learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues. */
const TOO_MANY_DELIVERIES = 'MaxDeliveryCountExceeded';
const TIME_TO_LIVE_OVER = 'TTLExpiredException';

/** Moves a message to the dead-letter queue `deadLetters`, as the last to come in there. Must run inside a write. */
export function moveToDeadLetters(engine: Engine, deadLetters: Entity, message: StoredMessage, cause: DeadLetterCause): void {
  const content = withApplicationProperties(message.content, {
    ...cause.properties,
    ...(cause.reason === undefined ? {} : { DeadLetterReason: cause.reason }),
    ...(cause.description === undefined ? {} : { DeadLetterErrorDescription: cause.description }),
  });
  engine.messages.remove(message.seq);
  engine.messages.insert({
    ...message,
    queue: deadLetters.id,
    session: null,
    state: ACTIVE,
    expiresAt: null,
    source: sourceOf(deadLetters),
    content,
  });
  wake(engine, deadLetters, null);
}

/** Moves a message that has been handed out as often as its queue allows. Must run inside a write. */
export function deadLetterOverDelivered(engine: Engine, entity: Entity, message: StoredMessage): void {
  if (entity.deadLetters === undefined) return;
  moveToDeadLetters(engine, entity.deadLetters, message, {
    reason: TOO_MANY_DELIVERIES,
    description: `Message could not be consumed after ${entity.definition.maxDeliveryCount} delivery attempts.`,
    properties: {},
  });
}

/** Drops a message whose time to live is over, or moves it if its queue keeps such messages. Must run inside a write. */
export function disposeExpired(engine: Engine, entity: Entity, message: StoredMessage): void {
  if (entity.deadLetters === undefined || !entity.definition.deadLettersExpired) return engine.messages.remove(message.seq);
  moveToDeadLetters(engine, entity.deadLetters, message, {
    reason: TIME_TO_LIVE_OVER,
    description: 'The message expired and was dead lettered.',
    properties: {},
  });
}

function sourceOf(deadLetters: Entity): string {
  return deadLetters.name.slice(0, deadLetters.name.lastIndexOf('/'));
}
