import { subscriptionPath } from '../definition/topic-definition.ts';
import type { NamespaceDefinition } from '../definition/topic-definition.ts';
import type { MessageStore } from '../store/message-store.ts';
import type { RuleStore } from '../store/rule-store.ts';
import { createEntity } from './entity.ts';
import type { Entity } from './entity.ts';
import { SubscriptionRules } from './subscription-rules.ts';
import { Topic } from './topic.ts';
import type { Subscription } from './topic.ts';

/** What the directory is made from. */
export interface DirectorySource {
  readonly messages: MessageStore;
  readonly rules: RuleStore;
}

/** All queues, topics, subscriptions and dead-letter queues, by path and by number. */
export class Directory {
  /** What can be received from: queues, subscriptions, and the dead-letter queues of both. */
  readonly entities: readonly Entity[];
  readonly #topics: readonly Topic[];
  readonly #byPath: ReadonlyMap<string, Entity | Topic>;
  readonly #byId: ReadonlyMap<number, Entity | Topic>;
  readonly #rules: ReadonlyMap<Entity, SubscriptionRules>;

  constructor({ messages, rules }: DirectorySource, { queues, topics }: NamespaceDefinition) {
    this.#topics = topics.map((topic) => {
      const subscriptions = topic.subscriptions.map((definition): Subscription => {
        const entity = createEntity(messages, { ...definition, name: subscriptionPath(topic.name, definition.name) });
        return { entity, rules: new SubscriptionRules(rules, entity.id, definition.rules) };
      });
      return new Topic(messages, topic, subscriptions);
    });
    const subscriptions = this.#topics.flatMap((topic) => topic.subscriptions);
    const main = [...queues.map((queue) => createEntity(messages, queue)), ...subscriptions.map(({ entity }) => entity)];
    this.entities = main.flatMap((entity) => (entity.deadLetters === undefined ? [entity] : [entity, entity.deadLetters]));
    const all = [...this.entities, ...this.#topics];
    this.#byPath = new Map(all.map((one) => [one.name.toLowerCase(), one]));
    this.#byId = new Map(all.map((one) => [one.id, one]));
    this.#rules = new Map(subscriptions.map((subscription) => [subscription.entity, subscription.rules]));
  }

  /** What is at a path; case does not count. */
  find(path: string): Entity | Topic | undefined {
    return this.#byPath.get(path.toLowerCase());
  }

  /** What the store knows by this number; undefined where the definitions do not name it any more. */
  at(id: number): Entity | Topic | undefined {
    return this.#byId.get(id);
  }

  /** The rules of a subscription; undefined for a queue or dead-letter queue. */
  rulesOf(entity: Entity): SubscriptionRules | undefined {
    return this.#rules.get(entity);
  }

  /** Queues, subscriptions and topics, not the dead-letter queues. */
  main(): readonly (Entity | Topic)[] {
    return [...this.entities.filter((entity) => entity.deadLetters !== undefined), ...this.#topics];
  }
}
