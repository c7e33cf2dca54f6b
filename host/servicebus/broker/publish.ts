import { filterableMessage } from '../rules/filterable-message.ts';
import { ACTIVE } from '../store/stored-message.ts';
import type { NewMessage } from '../store/stored-message.ts';
import { moveToDeadLetters } from './dead-letter.ts';
import type { Engine } from './engine.ts';
import type { Entity } from './entity.ts';
import type { Topic } from './topic.ts';
import { wake } from './wake.ts';

/** The reason Azure gives: learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues. */
const NO_SESSION = 'Session ID is null';

/** Gives a message to every subscription of its topic that wants it, each a copy of its own. Must run inside a write, so that all get it or none. */
export function publish(engine: Engine, topic: Topic, message: NewMessage): void {
  if (topic.subscriptions.length === 0) return;
  const filterable = filterableMessage(message.content);
  for (const { entity, rules } of topic.subscriptions) if (rules.wants(filterable)) deliver(engine, entity, message);
}

function deliver(engine: Engine, entity: Entity, message: NewMessage): void {
  const { requiresSession, defaultTtlMs } = entity.definition;
  const latest = Math.min(message.expiresAt ?? Number.POSITIVE_INFINITY, message.dueAt + (defaultTtlMs ?? Number.POSITIVE_INFINITY));
  const copy: NewMessage = {
    ...message,
    queue: entity.id,
    session: requiresSession ? message.session : null,
    state: ACTIVE,
    expiresAt: Number.isFinite(latest) ? latest : null,
  };
  const seq = engine.messages.insert(copy);
  if (requiresSession && copy.session === null && entity.deadLetters !== undefined) {
    const description = "Session enabled entity doesn't allow a message whose session identifier is null.";
    return moveToDeadLetters(engine, entity.deadLetters, { ...copy, seq }, { reason: NO_SESSION, description, properties: {} });
  }
  wake(engine, entity, copy.session);
}
