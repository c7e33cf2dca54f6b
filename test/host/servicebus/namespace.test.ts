import { expect, test } from 'vitest';
import { readNamespace } from '../../../host/servicebus/definition/read-namespace.ts';

function config(...queues: readonly unknown[]): unknown {
  return { UserConfig: { Namespaces: [{ Name: 'sbemulatorns', Queues: queues }], Logging: { Type: 'File' } } };
}

function withTopics(...topics: readonly unknown[]): unknown {
  return { UserConfig: { Namespaces: [{ Name: 'sbemulatorns', Topics: topics }] } };
}

function withRule(properties: unknown): unknown {
  return withTopics({ Name: 'people', Subscriptions: [{ Name: 'hr', Rules: [{ Name: 'r', Properties: properties }] }] });
}

test("the emulator's configuration gives the queues with durations in milliseconds", () => {
  const properties = {
    DeadLetteringOnMessageExpiration: true,
    DefaultMessageTimeToLive: 'PT1H',
    DuplicateDetectionHistoryTimeWindow: 'PT20S',
    ForwardDeadLetteredMessagesTo: '',
    ForwardTo: '',
    LockDuration: 'PT1M30S',
    MaxDeliveryCount: 3,
    RequiresDuplicateDetection: true,
    RequiresSession: true,
  };
  expect(readNamespace(config({ Name: 'lifecycle-events', Properties: properties })).queues).toEqual([
    {
      name: 'lifecycle-events',
      requiresSession: true,
      lockDurationMs: 90_000,
      maxDeliveryCount: 3,
      requiresDuplicateDetection: true,
      duplicateWindowMs: 20_000,
      deadLettersExpired: true,
      defaultTtlMs: 3_600_000,
    },
  ]);
});

test('a queue without properties has the defaults of the service', () => {
  expect(readNamespace(config({ Name: 'plain' })).queues).toEqual([
    {
      name: 'plain',
      requiresSession: false,
      lockDurationMs: 60_000,
      maxDeliveryCount: 10,
      requiresDuplicateDetection: false,
      duplicateWindowMs: 600_000,
      deadLettersExpired: false,
    },
  ]);
});

test('every wrong field is named with what is wrong with it', () => {
  const bad = config({ Name: 'ok', Properties: { LockDuration: 'one minute', MaxDeliveryCount: 0 } }, { Name: '/bad' });
  expect(() => readNamespace(bad)).toThrow(
    /Queues\.0\.Properties\.LockDuration: "one minute" is not an ISO 8601 duration.*MaxDeliveryCount.*Queues\.1\.Name/,
  );
});

test.each([
  ['a lock longer than the service allows', { Name: 'q', Properties: { LockDuration: 'PT6M' } }, 'at most PT5M'],
  ['forwarding', { Name: 'q', Properties: { ForwardTo: 'other' } }, 'forwarding is not supported'],
  ['a misspelt property', { Name: 'q', Properties: { RequireSession: true } }, 'RequireSession'],
])('%s is refused', (_, queue, problem) => {
  expect(() => readNamespace(config(queue))).toThrow(problem);
});

test('a topic has its subscriptions, each with its own settings and rules; without rules a subscription gets everything', () => {
  const rules = [
    { Name: 'urgent', Properties: { FilterType: 'Sql', SqlFilter: { SqlExpression: "sys.Label = 'urgent'" } } },
    {
      Name: 'tenant',
      Properties: { FilterType: 'Correlation', CorrelationFilter: { ReplyToSessionId: 's', Properties: { tenant: 't', size: 3 } } },
    },
    { Name: 'all', Properties: { FilterType: 'True' } },
  ];
  const topic = {
    Name: 'people',
    Properties: { RequiresDuplicateDetection: true, DuplicateDetectionHistoryTimeWindow: 'PT20S', DefaultMessageTimeToLive: 'PT1H' },
    Subscriptions: [
      { Name: 'audit' },
      { Name: 'hr', Properties: { RequiresSession: true, MaxDeliveryCount: 3, DefaultMessageTimeToLive: 'PT1M' }, Rules: rules },
    ],
  };
  expect(readNamespace(withTopics(topic)).topics).toMatchObject([
    {
      name: 'people',
      requiresDuplicateDetection: true,
      duplicateWindowMs: 20_000,
      defaultTtlMs: 3_600_000,
      subscriptions: [
        {
          name: 'audit',
          requiresSession: false,
          maxDeliveryCount: 10,
          rules: [{ name: '$Default', filter: { is: 'sql', expression: '1=1' } }],
        },
        {
          name: 'hr',
          requiresSession: true,
          maxDeliveryCount: 3,
          defaultTtlMs: 60_000,
          rules: [
            { name: 'urgent', filter: { is: 'sql', expression: "sys.Label = 'urgent'" } },
            { name: 'tenant', filter: { is: 'correlation', system: { replyToSessionId: 's' }, user: { tenant: 't', size: 3 } } },
            { name: 'all', filter: { is: 'sql', expression: '1=1' } },
          ],
        },
      ],
    },
  ]);
});

test.each([
  [
    'a filter that cannot be read',
    "sys.Label = 'a' AND",
    /"people\/Subscriptions\/hr": The rule "r" cannot be used: at character 20 .* not the end/,
  ],
  ['a system property that filters cannot see', 'sys.Size > 3', /The rule "r" cannot be used: sys\.Size is not supported; use ContentType/],
  ['a function that filters do not know', "newid() = 'a'", /the function "newid" is not supported/],
])('%s is refused, with the subscription and the rule', (_, expression, problem) => {
  expect(() => readNamespace(withRule({ FilterType: 'Sql', SqlFilter: { SqlExpression: expression } }))).toThrow(problem);
});

test('the action of a rule, and a correlation filter without a property, are refused', () => {
  const action = { FilterType: 'Sql', SqlFilter: { SqlExpression: '1=1' }, Action: { SqlExpression: 'SET a = 1' } };
  expect(() => readNamespace(withRule(action))).toThrow(/Rules\.0\.Properties\.Action: actions of rules are not supported/);
  expect(() => readNamespace(withRule({ FilterType: 'Correlation', CorrelationFilter: {} }))).toThrow('names no property');
});

test('a subscription that is defined twice is refused', () => {
  const twice = { Name: 'people', Subscriptions: [{ Name: 'hr' }, { Name: 'HR' }] };
  expect(() => readNamespace(withTopics(twice))).toThrow('"people/Subscriptions/HR" is defined twice');
});

test('two queues whose names differ only in case are refused', () => {
  expect(() => readNamespace(config({ Name: 'Events' }, { Name: 'events' }))).toThrow('"events" is defined twice');
});

test('a file that is not a configuration is refused', () => {
  expect(() => readNamespace(null)).toThrow('The Service Bus configuration cannot be used');
});
