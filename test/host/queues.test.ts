import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, endOf, scratchFolder, until } from './support/host-process.ts';

type Effect = { fn: string; message?: unknown; session?: string; is?: string; running?: number; [name: string]: unknown };

const scratch = scratchFolder();
let host: HostProcess;
let client: ServiceBusClient;
const effects = (fn: string): Effect[] =>
  host
    .effects()
    .map((line) => JSON.parse(line) as Effect)
    .filter((effect) => effect.fn === fn);
const start = (): Promise<HostProcess> => HostProcess.start({ app: 'queues', data: scratch.path, args: ['--servicebus-port', '0'] });

async function connect(): Promise<void> {
  client = new ServiceBusClient(await (await fetch(`${host.url}/api/connection`)).text());
}

beforeAll(async () => {
  host = await start();
  await connect();
});
afterAll(async () => {
  await client.close();
  await host.end();
  scratch.remove();
});

describe('A function with a queue trigger', () => {
  it('gets the body and the properties of each message', async () => {
    await client.createSender('plain').sendMessages([
      { body: { a: 1 }, messageId: 'm-1', applicationProperties: { tenant: 't' } },
      { body: 'text', messageId: 'm-2' },
    ]);
    await until(() => effects('plain').length === 2);
    const received = effects('plain').sort((a, b) => String(a['messageId']).localeCompare(String(b['messageId'])));
    expect(received).toEqual([
      { fn: 'plain', message: { a: 1 }, messageId: 'm-1', delivery: 1, properties: { tenant: 't' }, enqueued: 'string' },
      { fn: 'plain', message: 'text', messageId: 'm-2', delivery: 1, properties: {}, enqueued: 'string' },
    ]);
  });

  it('gets a message again when it throws, up to the limit of the queue, which then dead-letters it', async () => {
    await client.createSender('plain').sendMessages({ body: 'poison', messageId: 'm-3' });
    const [dead] = await client.createReceiver('plain', { subQueueType: 'deadLetter' }).receiveMessages(1, { maxWaitTimeInMs: 10_000 });
    expect(dead?.messageId).toBe('m-3');
    expect(
      effects('plain')
        .filter((effect) => effect['messageId'] === 'm-3')
        .map((effect) => effect['delivery']),
    ).toEqual([1, 2, 3]);
  });

  it('gets the messages of one session in order, one at a time, and those of others meanwhile', async () => {
    const sessions = ['a', 'b', 'c', 'd', 'e', 'f'];
    const messages = [1, 2, 3].flatMap((body) => sessions.map((sessionId) => ({ body, sessionId })));
    await client.createSender('ordered').sendMessages(messages);
    await until(() => effects('ordered').length === messages.length * 2);
    for (const session of sessions) {
      const steps = effects('ordered')
        .filter((effect) => effect.session === session)
        .map((effect) => `${String(effect.message)} ${String(effect.is)}`);
      expect(steps).toEqual(['1 begin', '1 end', '2 begin', '2 end', '3 begin', '3 end']);
    }
  });

  it('runs for at most maxConcurrentCalls messages at once, and may use the durable client', async () => {
    await client.createSender('slow').sendMessages([1, 2, 3, 4, 5, 6].map((body) => ({ body })));
    await until(() => effects('record').length === 6);
    expect(Math.max(...effects('slow').map((effect) => effect.running ?? 0))).toBe(2);
    for (const id of [1, 2, 3, 4, 5, 6]) expect((await endOf(host, `handle-${id}`)).runtimeStatus).toBe('Completed');
  });

  it('gets each message again that failed in the moment in which its neighbour was done', async () => {
    const pairs = Array.from({ length: 20 }, (_, at) => at);
    const sender = client.createSender('pairs');
    for (const pair of pairs) {
      await sender.sendMessages([{ body: pair }, { body: pair }]);
      await until(() => effects('pairs').filter(({ message }) => message === pair).length >= 2);
    }
    await until(() => effects('pairs').length === pairs.length * 3);
    expect(effects('pairs').filter(({ delivery }) => delivery === 2)).toHaveLength(pairs.length);
  });

  it('gets what was sent before the host was killed', async () => {
    await client.createSender('slow').sendMessages(['x', 'y', 'z', 'u', 'v'].map((body) => ({ body })));
    await host.end('SIGKILL');
    await client.close();
    host = await start();
    await connect();
    for (const id of ['x', 'y', 'z', 'u', 'v']) {
      await until(async () => (await fetch(host.durable(`instances/handle-${id}`))).status === 200);
    }
  });
});
