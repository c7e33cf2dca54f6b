import { expect, test } from 'vitest';
import { bodiesWithin, receiveOne, serviceBus, takeBodies } from './service-bus-fixture.ts';

test('a message arrives with its body, its identity and its properties under the names they were sent with', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages({
    body: { worker: '10042' },
    messageId: 'm-1',
    correlationId: 'c-1',
    subject: 'joiner',
    contentType: 'application/json',
    replyTo: 'answers',
    applicationProperties: { traceParent: '00-ab', Attempt: 3, ratio: 1.5, urgent: true },
  });
  const message = await receiveOne(bus.client.createReceiver('events'));
  expect(message).toMatchObject({
    body: { worker: '10042' },
    messageId: 'm-1',
    correlationId: 'c-1',
    subject: 'joiner',
    contentType: 'application/json',
    replyTo: 'answers',
    applicationProperties: { traceParent: '00-ab', Attempt: 3, ratio: 1.5, urgent: true },
    deliveryCount: 0,
    state: 'active',
  });
  expect(message.sequenceNumber?.toNumber()).toBeGreaterThan(0);
  expect(message.lockedUntilUtc?.getTime()).toBeGreaterThan(Date.now());
});

test('messages come in the order in which they were sent, whether one by one, as a list or as a batch', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const sender = bus.client.createSender('events');
  await sender.sendMessages({ body: 1 });
  await sender.sendMessages([{ body: 2 }, { body: 3 }]);
  const batch = await sender.createMessageBatch();
  expect(batch.maxSizeInBytes).toBe(262_144);
  batch.tryAddMessage({ body: 4 });
  batch.tryAddMessage({ body: 5, messageId: 'five' });
  await sender.sendMessages(batch);
  expect(await takeBodies(bus.client.createReceiver('events'), 5)).toEqual([1, 2, 3, 4, 5]);
});

test('a queue that is not defined is refused by name', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const refused = { code: 'MessagingEntityNotFound', message: expect.stringContaining("'nowhere'") };
  await expect(bus.client.createSender('nowhere').sendMessages({ body: 1 })).rejects.toMatchObject(refused);
  await expect(bus.client.createReceiver('nowhere').receiveMessages(1)).rejects.toMatchObject(refused);
});

test('a completed message is gone', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages({ body: 1 });
  const receiver = bus.client.createReceiver('events');
  const message = await receiveOne(receiver);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 1, deadLetter: 0, scheduled: 0 } });
  await receiver.completeMessage(message);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test('an abandoned message comes again at once, counted, with the properties it was given', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages({ body: 1, applicationProperties: { kept: 'yes' } });
  const receiver = bus.client.createReceiver('events');
  await receiver.abandonMessage(await receiveOne(receiver), { why: 'busy' });
  expect(await receiveOne(receiver)).toMatchObject({ body: 1, deliveryCount: 1, applicationProperties: { kept: 'yes', why: 'busy' } });
});

test('a dead-lettered message waits in the dead-letter queue with its reason, description and origin', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages({ body: 1, applicationProperties: { kept: 'yes' } });
  const receiver = bus.client.createReceiver('events');
  const cause = { deadLetterReason: 'unknown-source', deadLetterErrorDescription: 'no source of that name', step: 'fold' };
  await receiver.deadLetterMessage(await receiveOne(receiver), cause);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 1, scheduled: 0 } });
  const dead = bus.client.createReceiver('events', { subQueueType: 'deadLetter' });
  const message = await receiveOne(dead);
  expect(message).toMatchObject({
    body: 1,
    deadLetterReason: 'unknown-source',
    deadLetterErrorDescription: 'no source of that name',
    deadLetterSource: 'events',
    applicationProperties: { kept: 'yes', step: 'fold' },
  });
  await dead.completeMessage(message);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test('a message abandoned as often as the queue allows goes to the dead-letter queue', async () => {
  await using bus = await serviceBus([{ name: 'events', maxDeliveryCount: 2 }]);
  await bus.client.createSender('events').sendMessages({ body: 'poison' });
  const receiver = bus.client.createReceiver('events');
  await receiver.abandonMessage(await receiveOne(receiver));
  await receiver.abandonMessage(await receiveOne(receiver));
  expect(await bodiesWithin(receiver, 100)).toEqual([]);
  const dead = await receiveOne(bus.client.createReceiver('events', { subQueueType: 'deadLetter' }));
  expect(dead).toMatchObject({ body: 'poison', deadLetterReason: 'MaxDeliveryCountExceeded', deliveryCount: 2 });
});

test('a deferred message is received by its number only, and can be completed', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages({ body: 1 });
  const receiver = bus.client.createReceiver('events');
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message, { waits: 'for manager' });
  expect(await bodiesWithin(receiver, 100)).toEqual([]);
  const number = message.sequenceNumber;
  if (number === undefined) throw new Error('A received message has a sequence number.');
  const [deferred] = await receiver.receiveDeferredMessages(number);
  expect(deferred).toMatchObject({ body: 1, state: 'deferred', applicationProperties: { waits: 'for manager' } });
  await expect(receiver.receiveDeferredMessages(number)).rejects.toMatchObject({ code: 'MessageNotFound' });
  if (deferred !== undefined) await receiver.completeMessage(deferred);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test('receive-and-delete removes messages as it hands them out', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await bus.client.createSender('events').sendMessages([{ body: 1 }, { body: 2 }]);
  const receiver = bus.client.createReceiver('events', { receiveMode: 'receiveAndDelete' });
  const messages = await receiver.receiveMessages(2, { maxWaitTimeInMs: 5000 });
  expect(messages.map((message) => message.body)).toEqual([1, 2]);
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test('browsing shows waiting, held, deferred and scheduled messages and changes nothing', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const sender = bus.client.createSender('events');
  await sender.sendMessages([{ body: 'held' }, { body: 'deferred' }, { body: 'waiting' }]);
  await sender.scheduleMessages({ body: 'scheduled' }, new Date(Date.now() + 60_000));
  const receiver = bus.client.createReceiver('events');
  const [, second] = await receiver.receiveMessages(2, { maxWaitTimeInMs: 5000 });
  if (second !== undefined) await receiver.deferMessage(second);
  const browser = bus.client.createReceiver('events');
  const seen = [...(await browser.peekMessages(3)), ...(await browser.peekMessages(3))];
  expect(seen.map((message) => [message.body, message.state])).toEqual([
    ['held', 'active'],
    ['deferred', 'deferred'],
    ['waiting', 'active'],
    ['scheduled', 'scheduled'],
  ]);
  expect(await takeBodies(receiver, 1)).toEqual(['waiting']);
});

test('a subscription gets every message once, with several handlers at work', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const sent = Array.from({ length: 120 }, (_, at) => at);
  await bus.client.createSender('events').sendMessages(sent.map((body) => ({ body })));
  const receiver = bus.client.createReceiver('events');
  const seen: number[] = [];
  const errors: Error[] = [];
  receiver.subscribe(
    {
      processMessage: async (message) => {
        seen.push(message.body);
      },
      processError: async ({ error }) => {
        errors.push(error);
      },
    },
    { maxConcurrentCalls: 8 },
  );
  await expect.poll(() => bus.endpoint.counts()['events']?.active, { timeout: 10_000 }).toBe(0);
  expect(seen.toSorted((a, b) => a - b)).toEqual(sent);
  expect(errors).toEqual([]);
});

test('one link delivers any number of messages', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const sender = bus.client.createSender('events');
  const list = Array.from({ length: 500 }, () => ({ body: 1 }));
  for (let sent = 0; sent < 2500; sent += list.length) await sender.sendMessages(list);
  const handler = { processMessage: async () => undefined, processError: async () => undefined };
  bus.client.createReceiver('events').subscribe(handler, { maxConcurrentCalls: 50 });
  await expect.poll(() => bus.endpoint.counts()['events']?.active, { timeout: 10_000 }).toBe(0);
});

test('a message that is too large is refused by the endpoint and the link stays usable', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  const sender = bus.client.createSender('events');
  await expect(sender.sendMessages({ body: 'x'.repeat(262_200) })).rejects.toMatchObject({ code: 'MessageSizeExceeded' });
  await sender.sendMessages({ body: 'y'.repeat(200_000) });
  expect(await takeBodies(bus.client.createReceiver('events'), 1)).toEqual(['y'.repeat(200_000)]);
});

test('messages cannot be sent to a dead-letter queue', async () => {
  await using bus = await serviceBus([{ name: 'events' }]);
  await expect(bus.client.createSender('events/$DeadLetterQueue').sendMessages({ body: 1 })).rejects.toThrow();
  expect(bus.endpoint.counts()).toEqual({ events: { active: 0, deadLetter: 0, scheduled: 0 } });
});
