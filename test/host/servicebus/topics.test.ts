import type {
  RuleProperties,
  ServiceBusClient,
  ServiceBusMessage,
  ServiceBusReceivedMessage,
  ServiceBusRuleManager,
} from '@azure/service-bus';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, receiveOne, serviceBus, takeBodies } from './service-bus-fixture.ts';
import type { ServiceBusFixture } from './service-bus-fixture.ts';

const HOUR_MS = 3_600_000;
const sql = (name: string, expression: string) => ({ name, filter: { is: 'sql', expression } }) as const;

const time = clock();
let bus: ServiceBusFixture;
let client: ServiceBusClient;

beforeAll(async () => {
  const correlation = { is: 'correlation', system: { label: 'joiner' }, user: { tenant: 't', size: 3 } } as const;
  bus = await serviceBus([{ name: 'plain' }], time.now, [
    { name: 'all', subscriptions: [{ name: 'one' }, { name: 'two' }] },
    {
      name: 'filtered',
      subscriptions: [
        { name: 'red', rules: [sql('color', "color = 'red'"), sql('loud', "sys.Label = 'loud'")] },
        { name: 'joiners', rules: [{ name: 'joiners', filter: correlation }] },
        { name: 'none', rules: [] },
      ],
    },
    { name: 'sessions', subscriptions: [{ name: 'ordered', requiresSession: true }, { name: 'plain' }] },
    {
      name: 'own',
      defaultTtlMs: 2 * HOUR_MS,
      subscriptions: [
        { name: 'strict', maxDeliveryCount: 1, lockDurationMs: 30_000, defaultTtlMs: HOUR_MS, deadLettersExpired: true },
        { name: 'lasting', lockDurationMs: 90_000 },
      ],
    },
    { name: 'later', subscriptions: [{ name: 'sub', rules: [sql('r', "color = 'red'")] }] },
    { name: 'once', requiresDuplicateDetection: true, duplicateWindowMs: HOUR_MS, subscriptions: [{ name: 'a' }, { name: 'b' }] },
    { name: 'ruled', subscriptions: [{ name: 'sub' }] },
  ]);
  client = bus.client;
});
afterAll(async () => bus[Symbol.asyncDispose]());

const send = (topic: string, ...messages: ServiceBusMessage[]): Promise<void> => client.createSender(topic).sendMessages(messages);

async function listed(manager: ServiceBusRuleManager): Promise<readonly RuleProperties[]> {
  const rules: RuleProperties[] = [];
  for await (const rule of manager.listRules()) rules.push(rule);
  return rules;
}

/** The bodies of all messages of a subscription, taken. */
async function drain(topic: string, subscription: string): Promise<readonly unknown[]> {
  const count = bus.endpoint.counts()[`${topic}/Subscriptions/${subscription}`]?.active ?? 0;
  return count === 0 ? [] : takeBodies(client.createReceiver(topic, subscription), count);
}

test('each subscription gets its own copy of a message, to settle by itself', async () => {
  await send('all', { body: 1, subject: 's', applicationProperties: { a: 'b' } }, { body: 2 });
  const one = client.createReceiver('all', 'one');
  const [first, second] = await one.receiveMessages(2, { maxWaitTimeInMs: 5000 });
  expect(first).toMatchObject({ body: 1, subject: 's', applicationProperties: { a: 'b' } });
  await one.completeMessage(first as ServiceBusReceivedMessage);
  await one.deadLetterMessage(second as ServiceBusReceivedMessage, { deadLetterReason: 'bad', deadLetterErrorDescription: 'worse' });
  expect(bus.endpoint.counts()).toMatchObject({
    all: { active: 0, scheduled: 0 },
    'all/Subscriptions/one': { active: 0, deadLetter: 1 },
    'all/Subscriptions/two': { active: 2, deadLetter: 0 },
  });
  const dead = await receiveOne(client.createReceiver('all', 'one', { subQueueType: 'deadLetter' }));
  expect(dead).toMatchObject({ body: 2, deadLetterReason: 'bad', deadLetterSource: 'all/Subscriptions/one' });
  expect(await drain('all', 'two')).toEqual([1, 2]);
});

test('a subscription gets a message once when any of its rules lets it through, and not when none does', async () => {
  await send(
    'filtered',
    { body: 'red and loud', subject: 'loud', applicationProperties: { color: 'red' } },
    { body: 'loud', subject: 'loud' },
    { body: 'blue', applicationProperties: { color: 'blue' } },
    { body: 'joiner', subject: 'joiner', applicationProperties: { Tenant: 't', size: 3 } },
    { body: 'joiner of another tenant', subject: 'joiner', applicationProperties: { tenant: 'u', size: 3 } },
  );
  expect(await drain('filtered', 'red')).toEqual(['red and loud', 'loud']);
  expect(await drain('filtered', 'joiners')).toEqual(['joiner']);
  expect(bus.endpoint.counts()['filtered/Subscriptions/none']).toEqual({ active: 0, deadLetter: 0, scheduled: 0 });
});

test('a subscription with sessions gives them in order, and dead-letters what has no session', async () => {
  await send('sessions', { body: 1, sessionId: 'a' }, { body: 'homeless' }, { body: 2, sessionId: 'a' });
  const session = await client.acceptNextSession('sessions', 'ordered');
  expect(session.sessionId).toBe('a');
  expect(await takeBodies(session, 2)).toEqual([1, 2]);
  await session.setSessionState('done');
  await session.close();
  expect(await (await client.acceptSession('sessions', 'ordered', 'a')).getSessionState()).toBe('done');
  const dead = await receiveOne(client.createReceiver('sessions', 'ordered', { subQueueType: 'deadLetter' }));
  expect(dead).toMatchObject({ body: 'homeless', deadLetterReason: 'Session ID is null' });
  expect(await drain('sessions', 'plain')).toEqual([1, 'homeless', 2]);
});

test('locks, delivery counts and times to live are those of the subscription', async () => {
  await send('own', { body: 1 }, { body: 2, timeToLive: HOUR_MS / 2 });
  const strict = client.createReceiver('own', 'strict', { maxAutoLockRenewalDurationInMs: 0 });
  const lasting = client.createReceiver('own', 'lasting', { maxAutoLockRenewalDurationInMs: 0 });
  const [held] = await lasting.receiveMessages(1, { maxWaitTimeInMs: 5000 });
  await receiveOne(strict);
  time.forward(31_000);
  await expect
    .poll(() => bus.endpoint.counts()['own/Subscriptions/strict'], { timeout: 5000 })
    .toEqual({ active: 1, deadLetter: 1, scheduled: 0 });
  await lasting.completeMessage(held as ServiceBusReceivedMessage);
  await send('own', { body: 3 });
  time.forward(HOUR_MS);
  await expect
    .poll(() => bus.endpoint.counts()['own/Subscriptions/strict'], { timeout: 5000 })
    .toEqual({ active: 0, deadLetter: 3, scheduled: 0 });
  expect(await drain('own', 'lasting')).toEqual([3]);
});

test('a message scheduled for a topic waits in the topic, and meets the rules of its time', async () => {
  const sender = client.createSender('later');
  const due = new Date(time.now() + HOUR_MS);
  const red = { applicationProperties: { color: 'red' } };
  await sender.scheduleMessages(
    [
      { body: 'red', ...red },
      { body: 'blue', applicationProperties: { color: 'blue' } },
    ],
    due,
  );
  const cancelled = await sender.scheduleMessages({ body: 'never', ...red }, due);
  await sender.cancelScheduledMessages(cancelled);
  await client.createRuleManager('later', 'sub').createRule('blue too', { sqlExpression: "color = 'blue'" });
  expect(bus.endpoint.counts()).toMatchObject({ later: { scheduled: 2 }, 'later/Subscriptions/sub': { active: 0 } });
  time.forward(HOUR_MS);
  expect(await takeBodies(client.createReceiver('later', 'sub'), 2)).toEqual(['red', 'blue']);
  expect(bus.endpoint.counts()['later']).toEqual({ active: 0, deadLetter: 0, scheduled: 0 });
});

test('a message id sent again to a topic within its duplicate window reaches no subscription again, even if it is only scheduled', async () => {
  const sender = client.createSender('once');
  await sender.sendMessages({ body: 'first', messageId: 'm-1' });
  await sender.sendMessages({ body: 'again', messageId: 'm-1' });
  await sender.scheduleMessages({ body: 'planned', messageId: 'm-2' }, new Date(time.now() + HOUR_MS / 2));
  await sender.sendMessages({ body: 'sooner', messageId: 'm-2' });
  expect(await drain('once', 'a')).toEqual(['first']);
  time.forward(HOUR_MS / 2);
  expect(await takeBodies(client.createReceiver('once', 'a'), 1)).toEqual(['planned']);
  expect(await drain('once', 'b')).toEqual(['first', 'planned']);
});

test('rules are listed, added and deleted through the library, and hold for what is sent afterwards', async () => {
  const rules = client.createRuleManager('ruled', 'sub');
  expect(await listed(rules)).toEqual([{ name: '$Default', filter: { sqlExpression: '1=1' }, action: {} }]);
  await rules.deleteRule('$Default');
  await rules.createRule('by color', { sqlExpression: "color = 'red'" });
  const filter = { subject: 'joiner', messageId: 'm-1', applicationProperties: { tenant: 't', size: 3, old: false } };
  await rules.createRule('by property', filter);
  const [color, property] = await listed(rules);
  expect(color).toEqual({ name: 'by color', filter: { sqlExpression: "color = 'red'" }, action: {} });
  expect(property).toMatchObject({ name: 'by property', filter });
  await send('ruled', { body: 'red', applicationProperties: { color: 'red' } }, { body: 'plain' });
  await send('ruled', { body: 'exact', subject: 'joiner', messageId: 'm-1', applicationProperties: filter.applicationProperties });
  expect(await drain('ruled', 'sub')).toEqual(['red', 'exact']);
});

test('a rule that is there, is not there or cannot be read is refused', async () => {
  const rules = client.createRuleManager('filtered', 'red');
  await expect(rules.createRule('COLOR', { sqlExpression: '1=1' })).rejects.toMatchObject({ code: 'MessagingEntityAlreadyExists' });
  await expect(rules.deleteRule('shape')).rejects.toMatchObject({ code: 'MessagingEntityNotFound' });
  await expect(rules.createRule('bad', { sqlExpression: 'color =' })).rejects.toThrow('The rule "bad" cannot be used');
  await expect(rules.createRule('acting', { sqlExpression: '1=1' }, { sqlExpression: 'SET a = 1' })).rejects.toThrow('not supported');
  expect(await listed(rules)).toHaveLength(2);
  await expect(client.createRuleManager('plain', '').listRules().next()).rejects.toThrow();
});

test('a topic cannot be received from, nor a subscription sent to', async () => {
  await expect(client.createReceiver('all').receiveMessages(1)).rejects.toThrow('Receive from one of its subscriptions');
  await expect(client.createReceiver('all').peekMessages(1)).rejects.toThrow('is a topic');
  await expect(send('all/Subscriptions/one', { body: 1 })).rejects.toThrow('Send them to its topic');
  const sender = client.createSender('all/Subscriptions/one');
  await expect(sender.scheduleMessages({ body: 1 }, new Date(time.now() + HOUR_MS))).rejects.toThrow('Send them to its topic');
  await expect(client.createReceiver('all', 'three').receiveMessages(1)).rejects.toMatchObject({ code: 'MessagingEntityNotFound' });
});
