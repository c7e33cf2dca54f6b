import Long from 'long';
import { ServiceBusClient } from '@azure/service-bus';
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, scratchFolder, until } from './support/host-process.ts';

type Effect = { fn: string; message?: unknown; messages?: readonly unknown[]; [name: string]: unknown };

const scratch = scratchFolder();
let host: HostProcess;
let client: ServiceBusClient;
const effects = (fn: string): Effect[] =>
  host
    .effects()
    .map((line) => JSON.parse(line) as Effect)
    .filter((effect) => effect.fn === fn);

beforeAll(async () => {
  host = await HostProcess.start({ app: 'queues', data: scratch.path, args: ['--servicebus-port', '0'] });
  client = new ServiceBusClient(await (await fetch(`${host.url}/api/connection`)).text());
});
afterAll(async () => {
  await client.close();
  await host.end();
  scratch.remove();
});

/** The next messages of a queue or subscription, taken. */
async function take(path: string, count: number): Promise<readonly ServiceBusReceivedMessage[]> {
  const receiver = client.createReceiver(path, { receiveMode: 'receiveAndDelete' });
  const messages: ServiceBusReceivedMessage[] = [];
  while (messages.length < count) messages.push(...(await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: 10_000 })));
  await receiver.close();
  return messages;
}

describe('A function that takes many messages at once', () => {
  it('gets them as lists of at most maxMessageBatchSize, with lists of their properties, and they are completed', async () => {
    const messages = Array.from({ length: 9 }, (_, at) => ({
      body: { at },
      messageId: `m-${at}`,
      applicationProperties: { Tenant: `t-${at}` },
      ...(at % 2 === 0 ? { correlationId: `c-${at}` } : {}),
    }));
    await client.createSender('batch').sendMessages(messages);
    await until(() => effects('batch').flatMap((effect) => effect.messages).length === 9);
    const batches = effects('batch');
    expect(Math.max(...batches.map((batch) => batch.messages?.length ?? 0))).toBeLessThanOrEqual(4);
    expect(batches.length).toBeLessThan(9);
    expect(batches.flatMap((batch) => batch.messages)).toEqual(messages.map(({ body }) => body));
    expect(batches.flatMap((batch) => batch['messageIdArray'])).toEqual(messages.map(({ messageId }) => messageId));
    expect(batches.flatMap((batch) => batch['correlationIdArray'] ?? [])).toEqual(messages.map(({ correlationId }) => correlationId ?? ''));
    expect(batches.flatMap((batch) => batch['userPropertiesArray'])).toEqual(messages.map((_, at) => ({ tenant: `t-${at}` })));
    expect(batches.flatMap((batch) => batch['deliveryCountArray'])).toEqual(messages.map(() => 1));
    expect(batches.flatMap((batch) => batch['sessionIdArray'] ?? [])).toEqual([]);
    await until(async () => (await client.createReceiver('batch').peekMessages(1, { fromSequenceNumber: Long.ZERO })).length === 0);
  });

  it('gets one alone as a list when no more come within maxBatchWaitTime, and gets it again when it throws, up to the limit of the queue', async () => {
    await client.createSender('batch').sendMessages({ body: 'poison', messageId: 'bad' });
    const [dead] = await take('batch/$DeadLetterQueue', 1);
    expect(dead).toMatchObject({ messageId: 'bad', deadLetterReason: 'MaxDeliveryCountExceeded' });
    const poisoned = effects('batch').filter((batch) => batch.messages?.includes('poison'));
    expect(poisoned.map((batch) => [batch.messages, batch['deliveryCountArray']])).toEqual([
      [['poison'], [1]],
      [['poison'], [2]],
    ]);
  });

  it('gets the messages of one session at a time, in order', async () => {
    const messages = [1, 2, 3, 4, 5].flatMap((body) => ['a', 'b'].map((sessionId) => ({ body, sessionId })));
    await client.createSender('batch-of-session').sendMessages(messages);
    await until(() => effects('batchOfSession').flatMap((effect) => effect.messages).length === 10);
    for (const session of ['a', 'b']) {
      const batches = effects('batchOfSession').filter((batch) => (batch['sessionIdArray'] as string[])[0] === session);
      expect(batches.flatMap((batch) => batch.messages)).toEqual([1, 2, 3, 4, 5]);
      expect(new Set(batches.flatMap((batch) => batch['sessionIdArray']))).toEqual(new Set([session]));
    }
  });
});

describe('The body of a message', () => {
  it('reaches a function as what its JSON says, else as text, else as bytes', async () => {
    const sender = client.createSender('bytes');
    for (const body of [{ a: [1] }, 'text', Buffer.from('plain'), Buffer.from('{"b":2}'), Buffer.from([0xff, 0]), 7])
      await sender.sendMessages({ body });
    await until(() => effects('bytes').length === 6);
    const seen = effects('bytes').map(({ message }) => JSON.stringify(message));
    expect(new Set(seen)).toEqual(new Set(['{"a":[1]}', '"text"', '"plain"', '{"b":2}', '"bytes ff00"', '7']));
  });

  it('reaches a function that asks for binary data as bytes, whatever it is', async () => {
    await client.createSender('binary').sendMessages([{ body: Buffer.from('ab') }, { body: Buffer.from([0xff]) }]);
    await until(() => effects('binary').flatMap((effect) => effect.messages).length === 2);
    expect(effects('binary').flatMap((effect) => effect.messages)).toEqual(['bytes 6162', 'bytes ff']);
  });
});

describe('A message', () => {
  it('that the host is not to complete comes again when its lock ends, and is dead-lettered after the last delivery', async () => {
    await client.createSender('unsettled').sendMessages({ body: 'x' });
    expect((await take('unsettled/$DeadLetterQueue', 1))[0]).toMatchObject({ body: 'x', deadLetterReason: 'MaxDeliveryCountExceeded' });
    expect(effects('unsettled').map((effect) => effect['delivery'])).toEqual([1, 2]);
  });

  it('stays locked as long as its function runs, also in a session', async () => {
    await Promise.all([
      client.createSender('long').sendMessages({ body: 1 }),
      client.createSender('long-session').sendMessages({ body: 1, sessionId: 'a' }),
    ]);
    const ended = (fn: string): boolean => effects(fn).some((effect) => effect['is'] === 'end');
    await until(() => ended('long') && ended('longSession'));
    await until(async () => (await client.createReceiver('long').peekMessages(1, { fromSequenceNumber: Long.ZERO })).length === 0);
    expect(effects('long').map((effect) => effect['is'])).toEqual(['begin', 'end']);
    expect(effects('longSession').map((effect) => effect['is'])).toEqual(['begin', 'end']);
  });
});

describe('A function with a topic trigger', () => {
  it('gets what the rules of its subscription let through, and may answer with its return value', async () => {
    await client.createSender('people').sendMessages([
      { body: { name: 'Ada' }, subject: 'joiner', sessionId: 's' },
      { body: { name: 'Bob' }, subject: 'leaver', sessionId: 's' },
    ]);
    const [answer] = await take('sent', 1);
    expect(answer).toMatchObject({ contentType: 'text/plain', body: Buffer.from('hello {"name":"Ada"}') });
    expect(effects('joiners')).toEqual([{ fn: 'joiners', message: { name: 'Ada' }, subject: 'joiner' }]);
    await until(() => effects('everybody').length === 2);
    expect(effects('everybody').map(({ message, session }) => [message, session])).toEqual([
      [{ name: 'Ada' }, 's'],
      [{ name: 'Bob' }, 's'],
    ]);
  });
});

describe('An output of a function', () => {
  const post = (body: unknown): Promise<Response> => fetch(`${host.url}/api/send`, { method: 'POST', body: JSON.stringify(body) });

  it('is sent before the function counts as done: a text, an object, bytes, or each element of a list', async () => {
    expect(await (await post({ toQueue: 'text', toTopic: { a: 1 } })).text()).toBe('sent');
    await post({ toQueue: ['one', { two: 2 }, 3] });
    await post({ bytes: 'ff00' });
    const sent = (await take('sent', 5)).map(({ body, contentType }) => [
      Buffer.isBuffer(body) ? body.toString('latin1') : body,
      contentType,
    ]);
    expect(sent).toEqual([
      ['text', 'text/plain'],
      ['one', 'text/plain'],
      [{ two: 2 }, 'application/json'],
      [3, 'application/json'],
      ['\u00FF\0', 'application/octet-stream'],
    ]);
    expect(await take('announcements/Subscriptions/all', 1)).toMatchObject([{ body: { a: 1 }, contentType: 'application/json' }]);
  });

  it('may be more than one batch holds', async () => {
    const bodies = Array.from({ length: 5 }, (_, at) => `${at}${'x'.repeat(100_000)}`);
    expect((await post({ toQueue: bodies })).status).toBe(200);
    expect((await take('sent', 5)).map(({ body }) => (body as Buffer).toString())).toEqual(bodies);
  });

  it('that cannot be sent fails the function', async () => {
    expect((await post({ toQueue: 'x'.repeat(300_000) })).status).toBe(500);
    expect(host.errors).toMatch(/error send The message has \d+ bytes/);
  });
});
