import rhea from 'rhea';
import type { SubscriptionRules } from '../broker/subscription-rules.ts';
import { Refusal } from '../refusal.ts';
import { CORRELATION_NAMES } from '../rules/rule.ts';
import type { CorrelationFilter, Rule, Scalar } from '../rules/rule.ts';
import { entityOf, integer, wrongField } from './management-request.ts';
import type { ManagementAnswer, ManagementRequest } from './management-request.ts';

// Descriptor codes of the answer: "Enumerate rules" in learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-request-response.
const RULE = 0x13700000004;
const NO_ACTION = 0x13700000005;
const SQL_FILTER = 0x1370000006;
const CORRELATION_FILTER = 0x1370000009;

/** `com.microsoft:add-rule`: adds a rule to a subscription; it holds for what is sent after it is committed. */
export function addRule(request: ManagementRequest): ManagementAnswer {
  const rules = rulesOf(request);
  const rule = { name: ruleName(request), filter: filterIn(request.body['rule-description']) };
  rules.add(rule);
  request.engine.commits.write(() => rules.save());
  return {};
}

/** `com.microsoft:remove-rule`: takes a rule from a subscription. */
export function removeRule(request: ManagementRequest): ManagementAnswer {
  const rules = rulesOf(request);
  rules.remove(ruleName(request));
  request.engine.commits.write(() => rules.save());
  return {};
}

/** `com.microsoft:enumerate-rules`: the rules of a subscription, a page of them. */
export function enumerateRules(request: ManagementRequest): ManagementAnswer {
  const skip = integer(request, 'skip');
  const page = rulesOf(request)
    .list()
    .slice(skip, skip + integer(request, 'top'));
  return page.length === 0 ? null : { rules: page.map((rule) => ({ 'rule-description': describe(rule) })) };
}

function rulesOf(request: ManagementRequest): SubscriptionRules {
  const entity = entityOf(request);
  const rules = request.directory.rulesOf(entity);
  if (rules === undefined) throw new Refusal('amqp:not-allowed', `"${entity.name}" is no subscription; only subscriptions have rules.`);
  return rules;
}

function ruleName({ body }: ManagementRequest): string {
  const name = body['rule-name'];
  if (typeof name !== 'string' || name === '') throw wrongField('rule-name', 'must be a text');
  return name;
}

function filterIn(description: unknown): Rule['filter'] {
  const { 'sql-filter': sql, 'correlation-filter': correlation, 'sql-rule-action': action } = fieldsOf(description);
  if (action !== undefined) throw wrongField('sql-rule-action', 'is not supported; leave it out');
  if (correlation !== undefined) return correlationFilter(fieldsOf(correlation));
  const { expression } = fieldsOf(sql);
  if (typeof expression !== 'string') throw wrongField('rule-description', 'must hold a SQL or a correlation filter');
  return { is: 'sql', expression };
}

function correlationFilter(given: Readonly<Record<string, unknown>>): CorrelationFilter {
  const system = CORRELATION_NAMES.map((name) => [name, given[kebab(name)]] as const);
  const user = Object.entries(fieldsOf(given['properties'])).map(([name, value]): [string, Scalar] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [name, value];
    throw wrongField('properties', `must hold texts, numbers and truth values, but "${name}" is none`);
  });
  return {
    is: 'correlation',
    system: Object.fromEntries(system.filter((entry): entry is readonly [(typeof entry)[0], string] => typeof entry[1] === 'string')),
    user: Object.fromEntries(user),
  };
}

function describe({ name, filter }: Rule): unknown {
  const content =
    filter.is === 'sql' ? described([filter.expression], SQL_FILTER) : described(correlationFields(filter), CORRELATION_FILTER);
  return described([content, described([], NO_ACTION), name], RULE);
}

function described(list: readonly unknown[], code: number): unknown {
  return rhea.types.wrap_described([...list], code);
}

function correlationFields({ system, user }: CorrelationFilter): unknown[] {
  return [...CORRELATION_NAMES.map((name) => system[name] ?? null), rhea.types.wrap_map(user)];
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function fieldsOf(map: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(map ?? {}));
}
