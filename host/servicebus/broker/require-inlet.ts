import { Refusal } from '../refusal.ts';
import type { Directory } from './directory.ts';
import type { Entity } from './entity.ts';
import { Topic } from './topic.ts';

/** The queue or topic, if messages can be sent to it. Throws a refusal for a subscription and a dead-letter queue. */
export function requireInlet(directory: Directory, found: Entity | Topic): Entity | Topic {
  if (found instanceof Topic) return found;
  if (found.deadLetters === undefined)
    throw new Refusal('amqp:not-allowed', `Messages cannot be sent to the dead-letter queue "${found.name}". Send them to its queue.`);
  if (directory.rulesOf(found) !== undefined)
    throw new Refusal('amqp:not-allowed', `Messages cannot be sent to the subscription "${found.name}". Send them to its topic.`);
  return found;
}
