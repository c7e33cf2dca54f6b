import type { TopicDefinition } from '../definition/topic-definition.ts';
import type { MessageStore } from '../store/message-store.ts';
import type { Entity } from './entity.ts';
import type { SubscriptionRules } from './subscription-rules.ts';

/** A subscription of a topic: a queue, and what it wants of the messages sent to the topic. */
export interface Subscription {
  readonly entity: Entity;
  readonly rules: SubscriptionRules;
}

/** A topic. It holds nothing itself but scheduled messages; what is sent to it goes to its subscriptions at once. */
export class Topic {
  readonly id: number;
  /** As the definition spells it. */
  readonly name: string;
  readonly definition: TopicDefinition;
  readonly subscriptions: readonly Subscription[];

  constructor(store: MessageStore, definition: TopicDefinition, subscriptions: readonly Subscription[]) {
    this.name = definition.name;
    this.id = store.queueId(definition.name.toLowerCase());
    this.definition = definition;
    this.subscriptions = subscriptions;
  }
}
