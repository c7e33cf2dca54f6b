import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import Long from 'long';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeQueue } from '../../../host/servicebus/definition/queue-definition.ts';
import { type ServiceBusEndpoint, startServiceBus } from '../../../host/servicebus/start-service-bus.ts';
import { createServiceBusDeadLetters, type ServiceBusDeadLetters } from '../../../shared/connectors/queue/service-bus-dead-letters.ts';
import { queueNames } from '../../../shared/ports/queue.ts';

describe('Dead letters on Service Bus', () => {
  const signal = AbortSignal.timeout(30_000);
  let folder: string;
  let broker: ServiceBusEndpoint;
  let letters: ServiceBusDeadLetters;
  let others: ServiceBusClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-letters-'));
    const queues = queueNames.map((name) =>
      completeQueue({ name, requiresSession: name === 'lifecycle-events', requiresDuplicateDetection: true, maxDeliveryCount: 2 }),
    );
    broker = await startServiceBus({ port: 0, databasePath: join(folder, 'bus.sqlite'), queues });
    const connectionString = `Endpoint=sb://127.0.0.1:${broker.port};SharedAccessKeyName=local;SharedAccessKey=local;UseDevelopmentEmulator=true;`;
    letters = createServiceBusDeadLetters({ connectionString }, queueNames);
    others = new ServiceBusClient(connectionString);
  });
  afterAll(async () => {
    await letters.close();
    await others.close();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Sends a message, and puts it aside as one that cannot be worked on. */
  async function putAside(messageId: string): Promise<void> {
    const sender = others.createSender('lifecycle-events');
    await sender.sendMessages({ messageId, sessionId: 's1', body: { inboxId: messageId }, contentType: 'application/json' });
    const receiver = await others.acceptSession('lifecycle-events', 's1');
    const [message] = await receiver.receiveMessages(1);
    if (message === undefined) throw new Error('There is no message.');
    await receiver.deadLetterMessage(message, { deadLetterReason: 'Poison', deadLetterErrorDescription: 'nobody can read it' });
    await receiver.close();
    await sender.close();
  }

  async function inQueue(): Promise<readonly string[]> {
    const receiver = await others.acceptSession('lifecycle-events', 's1');
    const found = (await receiver.peekMessages(20, { fromSequenceNumber: Long.ZERO })).map(
      ({ messageId, body }) => `${String(messageId)} ${JSON.stringify(body)}`,
    );
    await receiver.close();
    return found;
  }

  it('are listed with their queue, number, reason and deliveries, and stay where they are', async () => {
    for (const id of ['a', 'b', 'c']) await putAside(id);
    const listed = await letters.list(10, signal);
    expect(listed.map(({ messageId, queue, reason, body }) => [messageId, queue, reason, body])).toEqual(
      ['a', 'b', 'c'].map((id) => [id, 'lifecycle-events', 'Poison: nobody can read it', { inboxId: id }]),
    );
    expect(listed.every(({ deliveries, enqueuedAt }) => deliveries >= 1 && enqueuedAt > 1_700_000_000_000)).toBe(true);
    expect(await letters.list(10, signal)).toHaveLength(3);
  });

  it('are handed to their queue again one by one, in their session, though the queue remembers their own id', async () => {
    const second = (await letters.list(10, signal)).find(({ messageId }) => messageId === 'b');
    const wanted = new Set([second?.sequence ?? '']);
    expect(await letters.settle('lifecycle-events', wanted, 'replay', signal)).toEqual([...wanted]);
    expect((await letters.list(10, signal)).map(({ messageId }) => messageId)).toEqual(['a', 'c']);
    expect(await inQueue()).toEqual([`b~${second?.sequence} {"inboxId":"b"}`]);
    // Whoever asks again finds nothing: neither here nor there is a second one.
    expect(await letters.settle('lifecycle-events', wanted, 'replay', signal)).toEqual([]);
    expect(await inQueue()).toHaveLength(1);
  });

  it('are thrown away, all of a queue at once, and nothing comes of them', async () => {
    const all = new Set((await letters.list(10, signal)).map(({ sequence }) => sequence));
    expect(await letters.settle('lifecycle-events', all, 'discard', signal)).toHaveLength(2);
    expect(await letters.list(10, signal)).toEqual([]);
    expect(await inQueue()).toHaveLength(1);
  });

  it('cannot be read while the broker is away, in words that name the queue', async () => {
    const nowhere = createServiceBusDeadLetters(
      {
        connectionString: 'Endpoint=sb://127.0.0.1:9;SharedAccessKeyName=x;SharedAccessKey=x;UseDevelopmentEmulator=true',
      },
      queueNames,
    );
    await expect(nowhere.list(1, AbortSignal.timeout(1000))).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('dead letters of lifecycle-') as string,
    });
    await nowhere.close();
  });
});
