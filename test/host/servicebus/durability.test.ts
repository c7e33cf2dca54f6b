import type { ServiceBusReceivedMessage, ServiceBusRuleManager } from '@azure/service-bus';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServiceBus } from '../../../host/servicebus/start-service-bus.ts';
import { killChild, startChild } from './endpoint-child.ts';
import type { EndpointChild } from './endpoint-child.ts';
import { clientOf, receiveOne, takeBodies } from './service-bus-fixture.ts';

let folder = '';
let running: EndpointChild[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'service-bus-'));
});

afterEach(async () => {
  await Promise.all(running.map(killChild));
  running = [];
  rmSync(folder, { recursive: true });
});

async function startProcess(): Promise<EndpointChild> {
  const child = await startChild(folder);
  running.push(child);
  return child;
}

test('every acknowledged message is there after the process was killed amid sends, and none twice', { timeout: 60_000 }, async () => {
  const first = await startProcess();
  const sending = clientOf(first.port, { retryOptions: { maxRetries: 0, timeoutInMs: 3000 } });
  const acknowledged: string[] = [];
  const senders = Array.from({ length: 4 }, async (_, lane) => {
    const sender = sending.createSender('events');
    for (let at = 0; ; at += 1) {
      const messageId = `${lane}-${at}`;
      await sender.sendMessages({ body: messageId, messageId });
      acknowledged.push(messageId);
    }
  });
  await expect.poll(() => acknowledged.length, { interval: 5, timeout: 15_000 }).toBeGreaterThan(150);
  await killChild(first);
  await Promise.allSettled(senders);
  const second = await startProcess();
  const receiving = clientOf(second.port);
  const receiver = receiving.createReceiver('events', { receiveMode: 'receiveAndDelete' });
  const found: string[] = [];
  for (let messages: readonly ServiceBusReceivedMessage[] = []; found.length === 0 || messages.length > 0;) {
    messages = await receiver.receiveMessages(200, { maxWaitTimeInMs: 500 });
    found.push(...messages.map((message) => message.body));
  }
  expect(acknowledged.filter((id) => !found.includes(id))).toEqual([]);
  expect(new Set(found).size).toBe(found.length);
  await Promise.all([sending.close(), receiving.close()]);
});

test(
  'after a kill, held messages are available at once, with their deliveries counted, and completed ones stay gone',
  { timeout: 60_000 },
  async () => {
    const first = await startProcess();
    const before = clientOf(first.port);
    await before.createSender('events').sendMessages([{ body: 'completed' }, { body: 'held' }]);
    await before.createSender('lifecycle').sendMessages([{ body: 'in session', sessionId: 'a' }]);
    const receiver = before.createReceiver('events');
    await receiver.completeMessage(await receiveOne(receiver));
    expect(await receiveOne(receiver)).toMatchObject({ body: 'held', deliveryCount: 0 });
    const session = await before.acceptNextSession('lifecycle');
    await session.setSessionState('half way');
    await receiveOne(session);
    const topic = before.createSender('people');
    await topic.sendMessages([{ body: 'done' }, { body: 'deferred' }, { body: 'left' }].map((one) => ({ ...one, sessionId: 's' })));
    const all = before.createReceiver('people', 'all');
    await all.completeMessage(await receiveOne(all));
    const deferred = await receiveOne(all);
    await all.deferMessage(deferred, { why: 'later' });
    await topic.scheduleMessages({ body: 'scheduled', sessionId: 's' }, new Date(Date.now() + 2000));
    await before.createRuleManager('people', 'red').createRule('scheduled too', { messageId: 'sched', subject: 'x' });
    await killChild(first);
    const second = await startProcess();
    const after = clientOf(second.port);
    expect(await receiveOne(after.createReceiver('events'))).toMatchObject({ body: 'held', deliveryCount: 1 });
    const again = await after.acceptNextSession('lifecycle');
    expect(again.sessionId).toBe('a');
    expect(await again.getSessionState()).toBe('half way');
    expect(await receiveOne(again)).toMatchObject({ body: 'in session', deliveryCount: 1 });
    const subscriber = after.createReceiver('people', 'all');
    const [kept] = await subscriber.receiveDeferredMessages(deferred.sequenceNumber ?? []);
    expect(kept).toMatchObject({ body: 'deferred', applicationProperties: { why: 'later' } });
    expect(await takeBodies(subscriber, 2)).toEqual(['left', 'scheduled']);
    expect(await takeBodies(await after.acceptSession('people', 'ordered', 's'), 4)).toEqual(['done', 'deferred', 'left', 'scheduled']);
    const rules: unknown[] = [];
    for await (const rule of after.createRuleManager('people', 'red').listRules()) rules.push(rule.name);
    expect(rules).toEqual(['red', 'scheduled too']);
    await Promise.all([before.close(), after.close()]);
  },
);

test('what waits, and what is scheduled, survives an orderly stop', async () => {
  const databasePath = join(folder, 'bus.sqlite');
  const first = await startServiceBus({ port: 0, databasePath, queues: [{ name: 'events' }] });
  const client = clientOf(first.port);
  await client.createSender('events').sendMessages({ body: 1 });
  await client.createSender('events').scheduleMessages({ body: 2 }, new Date(Date.now() + 60_000));
  await client.close();
  await first.stop();
  const second = await startServiceBus({ port: 0, databasePath, queues: [{ name: 'events' }] });
  expect(second.counts()).toEqual({ events: { active: 1, deadLetter: 0, scheduled: 1 } });
  await second.stop();
});

test('rules that clients have made stay until the definition of their subscription gives it other rules', async () => {
  const options = { port: 0, databasePath: join(folder, 'bus.sqlite'), queues: [] };
  const withRule = async (name: string, change?: (rules: ServiceBusRuleManager) => Promise<void>): Promise<readonly string[]> => {
    const rule = { name, filter: { is: 'sql', expression: '1=1' } } as const;
    const bus = await startServiceBus({ ...options, topics: [{ name: 'people', subscriptions: [{ name: 'hr', rules: [rule] }] }] });
    const client = clientOf(bus.port);
    const manager = client.createRuleManager('people', 'hr');
    await change?.(manager);
    const names: string[] = [];
    for await (const listed of manager.listRules()) names.push(listed.name);
    await client.close();
    await bus.stop();
    return names;
  };
  const change = async (rules: ServiceBusRuleManager): Promise<void> => {
    await rules.createRule('two', { sqlExpression: '1=0' });
    await rules.deleteRule('one');
  };
  expect(await withRule('one')).toEqual(['one']);
  expect(await withRule('one', change)).toEqual(['two']);
  expect(await withRule('one')).toEqual(['two']);
  expect(await withRule('three')).toEqual(['three']);
});

test('a second endpoint on the same file is refused, and the file is named', async () => {
  const options = { port: 0, databasePath: join(folder, 'bus.sqlite'), queues: [{ name: 'events' }] };
  const first = await startServiceBus(options);
  await expect(startServiceBus(options)).rejects.toThrow(/bus\.sqlite is in use by another process/);
  await first.stop();
});

test('a port in use is named', async () => {
  const first = await startServiceBus({ port: 0, databasePath: join(folder, 'one.sqlite'), queues: [] });
  const second = startServiceBus({ port: first.port, databasePath: join(folder, 'two.sqlite'), queues: [] });
  await expect(second).rejects.toThrow(`port ${first.port} is in use`);
  await first.stop();
});

test('a client reconnects by itself after the endpoint was restarted on the same port', async () => {
  const databasePath = join(folder, 'bus.sqlite');
  const first = await startServiceBus({ port: 0, databasePath, queues: [{ name: 'events' }] });
  const client = clientOf(first.port, { retryOptions: { maxRetries: 5, retryDelayInMs: 50, timeoutInMs: 500 } });
  const sender = client.createSender('events');
  await sender.sendMessages({ body: 1 });
  await first.stop();
  const second = await startServiceBus({ port: first.port, databasePath, queues: [{ name: 'events' }] });
  await sender.sendMessages({ body: 2 });
  expect(second.counts()['events']?.active).toBe(2);
  await client.close();
  await second.stop();
});
