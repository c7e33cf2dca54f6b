import type { Rule } from '../rules/rule.ts';
import { matchAll } from '../rules/rule.ts';
import { completeQueue } from './queue-definition.ts';
import type { QueueDefinition, QueueOptions } from './queue-definition.ts';

/** A subscription: a queue of its own, which gets what its rules let through. Its name is that within the topic. */
export interface SubscriptionDefinition extends QueueDefinition {
  /** A message is wanted when at least one rule lets it through. */
  readonly rules: readonly Rule[];
}

/** What a topic promises. Durations are milliseconds. */
export interface TopicDefinition {
  readonly name: string;
  readonly requiresDuplicateDetection: boolean;
  readonly duplicateWindowMs: number;
  /** The longest a message may wait in any subscription; absent, the subscriptions say. */
  readonly defaultTtlMs?: number;
  readonly subscriptions: readonly SubscriptionDefinition[];
}

/** A subscription as a caller names it; without rules it gets everything. Duplicates are the topic's business. */
export type SubscriptionOptions = Omit<QueueOptions, 'requiresDuplicateDetection' | 'duplicateWindowMs'> & {
  readonly rules?: readonly Rule[];
};

/** A topic as a caller names it: everything but the name has a default. */
export type TopicOptions = Pick<TopicDefinition, 'name'> &
  Partial<Omit<TopicDefinition, 'subscriptions'>> & { readonly subscriptions?: readonly SubscriptionOptions[] };

/** The queues and topics of one namespace. */
export interface NamespaceDefinition {
  readonly queues: readonly QueueDefinition[];
  readonly topics: readonly TopicDefinition[];
}

/** The path of a subscription, as the client libraries build it. */
export function subscriptionPath(topic: string, subscription: string): string {
  return `${topic}/Subscriptions/${subscription}`;
}

/** The whole definition of a topic, with the defaults of Azure Service Bus. */
export function completeTopic(options: TopicOptions): TopicDefinition {
  const { subscriptions = [], ...topic } = options;
  return {
    requiresDuplicateDetection: false,
    duplicateWindowMs: 600_000,
    ...topic,
    subscriptions: subscriptions.map(({ rules = [matchAll], ...queue }) => ({ ...completeQueue(queue), rules })),
  };
}
