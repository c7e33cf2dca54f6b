import { expect, test } from 'vitest';
import { bodiesWithin, clock, receiveOne, serviceBus, takeBodies } from './service-bus-fixture.ts';

const sessions = { name: 'lifecycle', requiresSession: true } as const;

test('a session gives its own messages, in the order in which they were sent', async () => {
  await using bus = await serviceBus([sessions]);
  const sent = Array.from({ length: 20 }, (_, at) => ({ body: at, sessionId: at % 2 === 0 ? 'even' : 'odd' }));
  await bus.client.createSender('lifecycle').sendMessages(sent);
  const receiver = await bus.client.acceptSession('lifecycle', 'odd');
  expect(receiver.sessionId).toBe('odd');
  expect(await takeBodies(receiver, 10)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
});

test('an abandoned message of a session comes again before those sent after it', async () => {
  await using bus = await serviceBus([sessions]);
  await bus.client.createSender('lifecycle').sendMessages([
    { body: 1, sessionId: 'a' },
    { body: 2, sessionId: 'a' },
  ]);
  const receiver = await bus.client.acceptSession('lifecycle', 'a');
  await receiver.abandonMessage(await receiveOne(receiver));
  expect(await takeBodies(receiver, 2)).toEqual([1, 2]);
});

test('a message without a session id is refused by a queue that requires sessions', async () => {
  await using bus = await serviceBus([sessions]);
  const sender = bus.client.createSender('lifecycle');
  await expect(sender.sendMessages({ body: 1 })).rejects.toThrow('requires sessions');
  await expect(sender.sendMessages([{ body: 1, sessionId: 'a' }, { body: 2 }])).rejects.toThrow('requires sessions');
  expect(bus.endpoint.counts()).toEqual({ lifecycle: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test('a receiver without a session is refused by a queue that requires sessions, and the other way round', async () => {
  await using bus = await serviceBus([sessions, { name: 'plain' }]);
  await expect(bus.client.createReceiver('lifecycle').receiveMessages(1, { maxWaitTimeInMs: 1000 })).rejects.toThrow('requires sessions');
  await expect(bus.client.acceptSession('plain', 'a')).rejects.toThrow();
});

test('a session held by one receiver is refused to another until it is closed', async () => {
  await using bus = await serviceBus([sessions]);
  const first = await bus.client.acceptSession('lifecycle', 'a');
  await expect(bus.connect().acceptSession('lifecycle', 'a')).rejects.toMatchObject({ code: 'SessionCannotBeLocked' });
  await first.close();
  expect((await bus.connect().acceptSession('lifecycle', 'a')).sessionId).toBe('a');
});

test('the next session is the one that has waited longest and that nobody holds', async () => {
  await using bus = await serviceBus([sessions]);
  await bus.client.createSender('lifecycle').sendMessages(['a', 'b', 'a', 'c'].map((sessionId) => ({ body: 1, sessionId })));
  const accepted = [];
  for (let at = 0; at < 3; at += 1) accepted.push((await bus.client.acceptNextSession('lifecycle')).sessionId);
  expect(accepted).toEqual(['a', 'b', 'c']);
});

test('a wait for the next session ends with a timeout when none becomes available', async () => {
  await using bus = await serviceBus([sessions]);
  const client = bus.connect({ retryOptions: { maxRetries: 0, timeoutInMs: 300 } });
  const started = Date.now();
  await expect(client.acceptNextSession('lifecycle')).rejects.toMatchObject({ code: 'ServiceTimeout' });
  expect(Date.now() - started).toBeGreaterThan(250);
});

test('receivers that wait for a session are woken by its first message, one receiver per session', async () => {
  await using bus = await serviceBus([sessions]);
  const waiting = ['one', 'two'].map(async () => {
    const receiver = await bus.connect().acceptNextSession('lifecycle');
    return [receiver.sessionId, (await takeBodies(receiver, 1))[0]] as const;
  });
  const sender = bus.client.createSender('lifecycle');
  await sender.sendMessages({ body: 1, sessionId: 'a' });
  await sender.sendMessages({ body: 2, sessionId: 'b' });
  expect(new Map(await Promise.all(waiting))).toEqual(
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  );
});

test('a receiver whose wait has ended does not take the next session', async () => {
  await using bus = await serviceBus([sessions]);
  const impatient = bus.connect({ retryOptions: { maxRetries: 0, timeoutInMs: 200 } });
  await expect(impatient.acceptNextSession('lifecycle')).rejects.toThrow();
  await bus.client.createSender('lifecycle').sendMessages({ body: 1, sessionId: 'a' });
  expect((await bus.client.acceptNextSession('lifecycle')).sessionId).toBe('a');
});

test('closing a session makes its unsettled messages available at once, not counted as delivered', async () => {
  await using bus = await serviceBus([sessions]);
  await bus.client.createSender('lifecycle').sendMessages([
    { body: 1, sessionId: 'a' },
    { body: 2, sessionId: 'a' },
  ]);
  const first = await bus.client.acceptSession('lifecycle', 'a');
  await first.receiveMessages(2, { maxWaitTimeInMs: 5000 });
  await first.close();
  const second = await bus.client.acceptNextSession('lifecycle');
  expect(await receiveOne(second)).toMatchObject({ body: 1, deliveryCount: 0 });
});

test('the state of a session is kept for whoever holds it next', async () => {
  await using bus = await serviceBus([sessions]);
  const first = await bus.client.acceptSession('lifecycle', 'a');
  expect(await first.getSessionState()).toBeNull();
  await first.setSessionState({ step: 3 });
  await first.close();
  const second = await bus.client.acceptSession('lifecycle', 'a');
  expect(await second.getSessionState()).toEqual({ step: 3 });
});

test('a renewed session lock outlasts its first end; one that is not renewed is lost', async () => {
  const time = clock();
  await using bus = await serviceBus([{ ...sessions, lockDurationMs: 60_000 }], time.now);
  await bus.client.createSender('lifecycle').sendMessages({ body: 1, sessionId: 'a' });
  const holder = await bus.client.acceptSession('lifecycle', 'a', { maxAutoLockRenewalDurationInMs: 0 });
  const firstEnd = holder.sessionLockedUntilUtc.getTime();
  const message = await receiveOne(holder);
  time.forward(40_000);
  expect((await holder.renewSessionLock()).getTime()).toBeGreaterThan(firstEnd);
  time.forward(40_000);
  await expect(bus.connect().acceptSession('lifecycle', 'a')).rejects.toMatchObject({ code: 'SessionCannotBeLocked' });
  time.forward(40_000);
  const next = await bus.connect().acceptNextSession('lifecycle');
  await expect(holder.completeMessage(message)).rejects.toMatchObject({ code: 'SessionLockLost' });
  expect(await receiveOne(next)).toMatchObject({ body: 1, deliveryCount: 1 });
});

test('a dead-lettered message of a session is received from the dead-letter queue without a session', async () => {
  await using bus = await serviceBus([sessions]);
  await bus.client.createSender('lifecycle').sendMessages({ body: 1, sessionId: 'a' });
  const receiver = await bus.client.acceptNextSession('lifecycle');
  await receiver.deadLetterMessage(await receiveOne(receiver), { deadLetterReason: 'bad', deadLetterErrorDescription: 'broken' });
  expect(await bodiesWithin(receiver, 100)).toEqual([]);
  const dead = bus.client.createReceiver('lifecycle', { subQueueType: 'deadLetter' });
  expect(await receiveOne(dead)).toMatchObject({ body: 1, sessionId: 'a', deadLetterReason: 'bad' });
});

test('a deferred message of a session is received by its number under the session', async () => {
  await using bus = await serviceBus([sessions]);
  await bus.client.createSender('lifecycle').sendMessages({ body: 1, sessionId: 'a' });
  const receiver = await bus.client.acceptSession('lifecycle', 'a');
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message);
  const [deferred] = message.sequenceNumber === undefined ? [] : await receiver.receiveDeferredMessages(message.sequenceNumber);
  expect(deferred).toMatchObject({ body: 1, sessionId: 'a' });
  if (deferred !== undefined) await receiver.completeMessage(deferred);
  expect(bus.endpoint.counts()).toEqual({ lifecycle: { active: 0, deadLetter: 0, scheduled: 0 } });
});

test('thousands of sessions are worked off, each message once', { timeout: 20_000 }, async () => {
  await using bus = await serviceBus([sessions]);
  const sender = bus.client.createSender('lifecycle');
  const ids = Array.from({ length: 2000 }, (_, at) => `worker-${at}`);
  for (let at = 0; at < ids.length; at += 500)
    await sender.sendMessages(ids.slice(at, at + 500).map((sessionId) => ({ body: 1, sessionId })));
  const seen: string[] = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let at = 0; at < 12; at += 1) {
        const receiver = await bus.client.acceptNextSession('lifecycle');
        const message = await receiveOne(receiver);
        await receiver.completeMessage(message);
        seen.push(message.sessionId ?? '');
        await receiver.close();
      }
    }),
  );
  expect(new Set(seen).size).toBe(96);
  expect(bus.endpoint.counts()['lifecycle']?.active).toBe(1904);
});
