import type { ServiceBusClient, ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, receiveOne, serviceBus, takeBodies } from './service-bus-fixture.ts';
import type { ServiceBusFixture } from './service-bus-fixture.ts';

const LOCK_MS = 60_000;
const HOUR_MS = 3_600_000;

const time = clock();
let bus: ServiceBusFixture;
let client: ServiceBusClient;

const names = ['settled', 'lapsing', 'expiring', 'removed', 'dead', 'again', 'limited'] as const;

beforeAll(async () => {
  const queues = names.map((name) => ({ name, deadLettersExpired: true, maxDeliveryCount: name === 'lapsing' ? 1 : 10 }));
  bus = await serviceBus([...queues, { name: 'sessions', requiresSession: true }], time.now);
  client = bus.client;
});
afterAll(async () => bus[Symbol.asyncDispose]());

/** Sends a message to each, sets it aside, and gives the receiver and its number. */
async function deferOne(queue: string, message: object = {}): Promise<{ receiver: ServiceBusReceiver; seq: Long }> {
  await client.createSender(queue).sendMessages({ body: 1, ...message });
  const receiver = client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0 });
  const received = await receiveOne(receiver);
  await receiver.deferMessage(received);
  return { receiver, seq: numberOf(received) };
}

type Long = NonNullable<ServiceBusReceivedMessage['sequenceNumber']>;

function numberOf({ sequenceNumber }: ServiceBusReceivedMessage): Long {
  if (sequenceNumber === undefined) throw new Error('A message has a sequence number.');
  return sequenceNumber;
}

async function fetch(receiver: ServiceBusReceiver, seq: Long): Promise<ServiceBusReceivedMessage> {
  const [message] = await receiver.receiveDeferredMessages(seq);
  if (message === undefined) throw new Error('The message is not there.');
  return message;
}

test('a deferred message may be abandoned, deferred again, dead-lettered or completed, each with properties', async () => {
  const { receiver, seq } = await deferOne('settled', { sessionId: 'of no account here' });
  await receiver.abandonMessage(await fetch(receiver, seq), { step: 1 });
  const second = await fetch(receiver, seq);
  expect(second).toMatchObject({ state: 'deferred', deliveryCount: 2, applicationProperties: { step: 1 } });
  await receiver.deferMessage(second, { step: 2 });
  const third = await fetch(receiver, seq);
  expect(third.applicationProperties).toEqual({ step: 2 });
  await receiver.deadLetterMessage(third, { deadLetterReason: 'old', deadLetterErrorDescription: 'too old', step: 3 });
  const dead = await receiveOne(client.createReceiver('settled', { subQueueType: 'deadLetter' }));
  expect(dead).toMatchObject({ deadLetterReason: 'old', applicationProperties: { step: 3 } });
  const next = await deferOne('settled');
  await next.receiver.completeMessage(await fetch(next.receiver, next.seq));
  expect(bus.endpoint.counts()['settled']).toEqual({ active: 0, deadLetter: 1, scheduled: 0 });
});

test('a deferred message stays deferred when its lock ends, however often, and a renewed lock lasts', async () => {
  const { receiver, seq } = await deferOne('lapsing');
  const held = await fetch(receiver, seq);
  await expect(receiver.receiveDeferredMessages(seq)).rejects.toMatchObject({ code: 'MessageNotFound' });
  time.forward(0.7 * LOCK_MS);
  await receiver.renewMessageLock(held);
  time.forward(0.7 * LOCK_MS);
  await expect(receiver.receiveDeferredMessages(seq)).rejects.toMatchObject({ code: 'MessageNotFound' });
  time.forward(LOCK_MS);
  await expect(receiver.completeMessage(held)).rejects.toMatchObject({ code: 'MessageLockLost' });
  await expect.poll(async () => (await receiver.receiveDeferredMessages(seq).catch(() => [])).length).toBe(1);
  expect(bus.endpoint.counts()['lapsing']).toEqual({ active: 1, deadLetter: 0, scheduled: 0 });
});

test('a deferred message expires like any other', async () => {
  await deferOne('expiring', { timeToLive: HOUR_MS });
  time.forward(HOUR_MS);
  const dead = await receiveOne(client.createReceiver('expiring', { subQueueType: 'deadLetter' }));
  expect(dead).toMatchObject({ body: 1, deadLetterReason: 'TTLExpiredException' });
});

test('a receiver that removes what it receives removes deferred messages too', async () => {
  const { seq } = await deferOne('removed');
  const removing = client.createReceiver('removed', { receiveMode: 'receiveAndDelete' });
  expect((await fetch(removing, seq)).body).toBe(1);
  expect(bus.endpoint.counts()['removed']?.active).toBe(0);
});

test('a message of a dead-letter queue may be deferred there, and sent to its queue again', async () => {
  await client.createSender('dead').sendMessages({ body: 'fixable', messageId: 'm', applicationProperties: { kept: 'yes' } });
  const receiver = client.createReceiver('dead');
  await receiver.deadLetterMessage(await receiveOne(receiver));
  const dead = client.createReceiver('dead', { subQueueType: 'deadLetter' });
  const first = await receiveOne(dead);
  await dead.deferMessage(first);
  const deferred = await fetch(dead, numberOf(first));
  await client.createSender('dead').sendMessages(deferred);
  await dead.completeMessage(deferred);
  expect(await receiveOne(receiver)).toMatchObject({ body: 'fixable', messageId: 'm', applicationProperties: { kept: 'yes' } });
  expect(bus.endpoint.counts()['dead']).toEqual({ active: 1, deadLetter: 0, scheduled: 0 });
});

test('deferred messages of a session belong to whoever holds it', async () => {
  await client.createSender('sessions').sendMessages([1, 2, 3].map((body) => ({ body, sessionId: 'a' })));
  const first = await client.acceptSession('sessions', 'a', { maxAutoLockRenewalDurationInMs: 0 });
  const messages = await first.receiveMessages(3, { maxWaitTimeInMs: 5000 });
  const seqs = messages.map(numberOf);
  for (const message of messages.slice(0, 2)) await first.deferMessage(message);
  const held = await fetch(first, seqs[0] as Long);
  expect((await first.peekMessages(5)).map(({ body, state }) => [body, state])).toEqual([
    [1, 'deferred'],
    [2, 'deferred'],
    [3, 'active'],
  ]);
  await first.close();
  await expect(first.completeMessage(held)).rejects.toThrow();
  const other = await client.acceptSession('sessions', 'b');
  await expect(other.receiveDeferredMessages(seqs)).rejects.toMatchObject({ code: 'MessageNotFound' });
  const second = await client.acceptSession('sessions', 'a');
  expect(await takeBodies(second, 1)).toEqual([3]);
  const deferred = await second.receiveDeferredMessages(seqs.slice(0, 2));
  expect(deferred.map(({ body }) => body)).toEqual([1, 2]);
  for (const message of deferred) await second.completeMessage(message);
  expect(bus.endpoint.counts()['sessions']).toEqual({ active: 0, deadLetter: 0, scheduled: 0 });
});

test('the state of a session may be as large as a message and no larger', async () => {
  const session = await client.acceptSession('sessions', 'large');
  const state = 'x'.repeat(200_000);
  await session.setSessionState(state);
  expect(await session.getSessionState()).toBe(state);
  await expect(session.setSessionState('x'.repeat(262_200))).rejects.toThrow(/at most 262144/);
  expect(await session.getSessionState()).toBe(state);
  await session.setSessionState(null);
  expect(await session.getSessionState()).toBeNull();
});

test('a batch takes messages up to its limit and is kept whole', async () => {
  const sender = client.createSender('limited');
  const batch = await sender.createMessageBatch({ maxSizeInBytes: 2000 });
  let taken = 0;
  while (batch.tryAddMessage({ body: 'x'.repeat(300) })) taken += 1;
  expect(taken).toBeGreaterThan(2);
  await sender.sendMessages(batch);
  expect(bus.endpoint.counts()['limited']?.active).toBe(taken);
  await expect(sender.createMessageBatch({ maxSizeInBytes: 300_000 })).rejects.toThrow();
});
