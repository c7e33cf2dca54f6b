import { compileRule } from '../rules/compile-rule.ts';
import type { CorrelationFilter, Rule } from '../rules/rule.ts';
import { configSchema } from './config-schema.ts';
import type { ConfigQueue, ConfigRule, ConfigTopic } from './config-schema.ts';
import type { QueueDefinition } from './queue-definition.ts';
import { completeTopic, subscriptionPath } from './topic-definition.ts';
import type { NamespaceDefinition, TopicDefinition } from './topic-definition.ts';

/**
 * The queues and topics of a file in the shape of the Service Bus emulator's Config.json.
 * Throws an error that names each field, or the subscription and rule, that is wrong.
 */
export function readNamespace(json: unknown): NamespaceDefinition {
  const read = configSchema.safeParse(json);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw unusable(`${problems.join('; ')}.`);
  }
  const queues = read.data.UserConfig.Namespaces.flatMap((namespace) => namespace.Queues.map(toQueue));
  const topics = read.data.UserConfig.Namespaces.flatMap((namespace) => namespace.Topics.map(toTopic));
  const subscriptions = topics.flatMap((topic) =>
    topic.subscriptions.map((one) => ({ ...one, name: subscriptionPath(topic.name, one.name) })),
  );
  refuseTwice([...queues, ...topics, ...subscriptions].map((entity) => entity.name));
  for (const { name, rules } of subscriptions) checkRules(name, rules);
  return { queues, topics };
}

function toQueue({ Name, Properties }: ConfigQueue): QueueDefinition {
  return {
    ...receivedFrom(Name, Properties),
    requiresDuplicateDetection: Properties.RequiresDuplicateDetection,
    duplicateWindowMs: Properties.DuplicateDetectionHistoryTimeWindow,
  };
}

function toTopic({ Name, Properties, Subscriptions }: ConfigTopic): TopicDefinition {
  return completeTopic({
    name: Name,
    requiresDuplicateDetection: Properties.RequiresDuplicateDetection,
    duplicateWindowMs: Properties.DuplicateDetectionHistoryTimeWindow,
    ...ttlOf(Properties),
    subscriptions: Subscriptions.map((subscription) => ({
      ...receivedFrom(subscription.Name, subscription.Properties),
      ...(subscription.Rules.length === 0 ? {} : { rules: subscription.Rules.map(toRule) }),
    })),
  });
}

function receivedFrom(
  name: string,
  properties: ConfigTopic['Subscriptions'][number]['Properties'],
): Omit<QueueDefinition, 'requiresDuplicateDetection' | 'duplicateWindowMs'> {
  return {
    name,
    requiresSession: properties.RequiresSession,
    lockDurationMs: properties.LockDuration,
    maxDeliveryCount: properties.MaxDeliveryCount,
    deadLettersExpired: properties.DeadLetteringOnMessageExpiration,
    ...ttlOf(properties),
  };
}

function ttlOf({ DefaultMessageTimeToLive }: { readonly DefaultMessageTimeToLive?: number | undefined }): { defaultTtlMs?: number } {
  return DefaultMessageTimeToLive === undefined ? {} : { defaultTtlMs: DefaultMessageTimeToLive };
}

function toRule({ Name, Properties }: ConfigRule): Rule {
  if (Properties.FilterType === 'True') return { name: Name, filter: { is: 'sql', expression: '1=1' } };
  if (Properties.FilterType === 'Sql') return { name: Name, filter: { is: 'sql', expression: Properties.SqlFilter.SqlExpression } };
  const { Properties: user, ...system } = Properties.CorrelationFilter;
  const named = Object.entries(system).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]);
  const filter: CorrelationFilter = { is: 'correlation', system: Object.fromEntries(named), user };
  return { name: Name, filter };
}

function checkRules(subscription: string, rules: readonly Rule[]): void {
  refuseTwice(rules.map((rule) => `${subscription}/Rules/${rule.name}`));
  try {
    for (const rule of rules) compileRule(rule);
  } catch (error) {
    throw unusable(`Subscription "${subscription}": ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuseTwice(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, at) => lower.indexOf(lower[at] ?? '') < at);
  if (twice !== undefined) throw unusable(`"${twice}" is defined twice (case does not count).`);
}

function unusable(problem: string): Error {
  return new Error(`The Service Bus configuration cannot be used. ${problem}`);
}
