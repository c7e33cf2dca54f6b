import { expect, test } from 'vitest';
import { bodiesWithin, clock, receiveOne, serviceBus, takeBodies } from './service-bus-fixture.ts';

const HOUR_MS = 3_600_000;
/** How long a lock lasts unless a queue says otherwise. */
const LOCK_MS = 60_000;

test('a message whose lock ends comes again, counted, and the old lock settles nothing', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events' }], time.now);
  await bus.client.createSender('events').sendMessages({ body: 1 });
  const receiver = bus.client.createReceiver('events', { maxAutoLockRenewalDurationInMs: 0 });
  const first = await receiveOne(receiver);
  time.forward(LOCK_MS);
  const second = await receiveOne(receiver);
  expect(second).toMatchObject({ body: 1, deliveryCount: 1 });
  await expect(receiver.completeMessage(first)).rejects.toMatchObject({ code: 'MessageLockLost' });
  await receiver.completeMessage(second);
  expect(bus.endpoint.counts()['events']?.active).toBe(0);
});

test('a renewed message lock outlasts its first end', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events' }], time.now);
  await bus.client.createSender('events').sendMessages({ body: 1 });
  const receiver = bus.client.createReceiver('events', { maxAutoLockRenewalDurationInMs: 0 });
  const message = await receiveOne(receiver);
  const firstEnd = message.lockedUntilUtc?.getTime() ?? Number.NaN;
  time.forward(0.7 * LOCK_MS);
  expect((await receiver.renewMessageLock(message)).getTime()).toBeGreaterThan(firstEnd);
  time.forward(0.7 * LOCK_MS);
  await receiver.completeMessage(message);
  expect(bus.endpoint.counts()['events']?.active).toBe(0);
});

test('a lock that has ended cannot be renewed', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events' }], time.now);
  await bus.client.createSender('events').sendMessages({ body: 1 });
  const receiver = bus.client.createReceiver('events', { maxAutoLockRenewalDurationInMs: 0 });
  const message = await receiveOne(receiver);
  time.forward(HOUR_MS);
  await expect(receiver.renewMessageLock(message)).rejects.toMatchObject({ code: 'MessageLockLost' });
});

test('a message never settled goes to the dead-letter queue after the last delivery the queue allows', async () => {
  await using bus = await serviceBus([{ name: 'events', lockDurationMs: 50, maxDeliveryCount: 3 }]);
  await bus.client.createSender('events').sendMessages({ body: 'poison' });
  const receiver = bus.client.createReceiver('events', { maxAutoLockRenewalDurationInMs: 0 });
  for (let deliveries = 0; deliveries < 3; deliveries += 1) expect((await receiveOne(receiver)).deliveryCount).toBe(deliveries);
  await expect.poll(() => bus.endpoint.counts()['events'], { timeout: 10_000 }).toEqual({ active: 0, deadLetter: 1, scheduled: 0 });
});

test('one refused settlement among many does not spoil the others', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events' }], time.now);
  await bus.client.createSender('events').sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
  const receiver = bus.client.createReceiver('events', { maxAutoLockRenewalDurationInMs: 0 });
  const messages = await receiver.receiveMessages(3, { maxWaitTimeInMs: 5000 });
  time.forward(0.7 * LOCK_MS);
  for (const message of messages.filter(({ body }) => body !== 2)) await receiver.renewMessageLock(message);
  time.forward(0.7 * LOCK_MS);
  const settled = await Promise.allSettled(messages.map((message) => receiver.completeMessage(message)));
  expect(settled).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'MessageLockLost' } },
    { status: 'fulfilled' },
  ]);
  expect(bus.endpoint.counts()['events']?.active).toBe(1);
});

test('a scheduled message waits for its time and then comes after what was sent before that', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events' }], time.now);
  const sender = bus.client.createSender('events');
  const numbers = await sender.scheduleMessages([{ body: 'later' }], new Date(Date.now() + HOUR_MS));
  await sender.sendMessages({ body: 'now' });
  expect(numbers).toHaveLength(1);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 1, deadLetter: 0, scheduled: 1 } });
  const receiver = bus.client.createReceiver('events');
  expect(await bodiesWithin(bus.client.createReceiver('events', { receiveMode: 'receiveAndDelete' }), 100)).toEqual(['now']);
  await sender.sendMessages({ body: 'before' });
  time.forward(HOUR_MS);
  expect(await takeBodies(receiver, 2)).toEqual(['before', 'later']);
});

test('a message sent with a scheduled time is held back until then', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const due = Date.now() + 300;
  await bus.client.createSender('events').sendMessages({ body: 'soon', scheduledEnqueueTimeUtc: new Date(due) });
  expect(bus.endpoint.counts()['events']?.scheduled).toBe(1);
  expect(await takeBodies(bus.client.createReceiver('events'), 1)).toEqual(['soon']);
  expect(Date.now()).toBeGreaterThanOrEqual(due);
});

test('a scheduled message of a session wakes a receiver that waits for a session', async () => {
  await using bus = await serviceBus([{ name: 'lifecycle', requiresSession: true }]);
  await bus.client.createSender('lifecycle').scheduleMessages({ body: 1, sessionId: 'a' }, new Date(Date.now() + 200));
  expect((await bus.client.acceptNextSession('lifecycle')).sessionId).toBe('a');
});

test('a cancelled scheduled message never comes, and cannot be cancelled twice', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events' }], time.now);
  const sender = bus.client.createSender('events');
  const numbers = await sender.scheduleMessages([{ body: 'never' }, { body: 'kept' }], new Date(Date.now() + HOUR_MS));
  await sender.cancelScheduledMessages(numbers.slice(0, 1));
  await expect(sender.cancelScheduledMessages(numbers.slice(0, 1))).rejects.toMatchObject({ code: 'MessageNotFound' });
  time.forward(HOUR_MS);
  expect(await takeBodies(bus.client.createReceiver('events'), 1)).toEqual(['kept']);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test("a message is dropped when its own or its queue's time to live is over", async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events', defaultTtlMs: 2 * HOUR_MS }], time.now);
  await bus.client.createSender('events').sendMessages([
    { body: 'short', timeToLive: HOUR_MS },
    { body: 'long', timeToLive: 9 * HOUR_MS },
  ]);
  time.forward(HOUR_MS);
  await expect.poll(() => bus.endpoint.counts()['events']?.active, { timeout: 10_000 }).toBe(1);
  time.forward(HOUR_MS);
  await expect.poll(() => bus.endpoint.counts()['events'], { timeout: 10_000 }).toEqual({ active: 0, deadLetter: 0, scheduled: 0 });
});

test('an expired message goes to the dead-letter queue of a queue that keeps such messages', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events', deadLettersExpired: true }], time.now);
  await bus.client.createSender('events').sendMessages({ body: 1, timeToLive: HOUR_MS });
  time.forward(HOUR_MS);
  const dead = await receiveOne(bus.client.createReceiver('events', { subQueueType: 'deadLetter' }));
  expect(dead).toMatchObject({ body: 1, deadLetterReason: 'TTLExpiredException' });
});

test('a message that expires while a receiver holds it can still be completed', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events', lockDurationMs: 2 * HOUR_MS }], time.now);
  await bus.client.createSender('events').sendMessages({ body: 1, timeToLive: HOUR_MS });
  const receiver = bus.client.createReceiver('events');
  const message = await receiveOne(receiver);
  time.forward(HOUR_MS + 1000);
  await bus.client.createSender('events').sendMessages({ body: 'turn' });
  expect(bus.endpoint.counts()['events']?.active).toBe(2);
  await receiver.completeMessage(message);
  expect(bus.endpoint.counts()['events']?.active).toBe(1);
});

test('a message id sent again within the duplicate window is accepted and kept once', async () => {
  const time = clock();
  await using bus = await serviceBus([{ name: 'events', requiresDuplicateDetection: true, duplicateWindowMs: HOUR_MS }], time.now);
  const sender = bus.client.createSender('events');
  await sender.sendMessages({ body: 'first', messageId: 'm-1' });
  await sender.sendMessages([
    { body: 'again', messageId: 'm-1' },
    { body: 'other', messageId: 'm-2' },
  ]);
  const receiver = bus.client.createReceiver('events');
  expect(await takeBodies(receiver, 2)).toEqual(['first', 'other']);
  await sender.sendMessages({ body: 'completed, yet seen', messageId: 'm-1' });
  expect(bus.endpoint.counts()['events']?.active).toBe(0);
  time.forward(HOUR_MS);
  await sender.sendMessages({ body: 'after the window', messageId: 'm-1' });
  expect(await takeBodies(receiver, 1)).toEqual(['after the window']);
});
