import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServiceBus, type ServiceBusEndpoint } from '../../../host/servicebus/start-service-bus.ts';
import { completeQueue } from '../../../host/servicebus/definition/queue-definition.ts';
import { createServiceBusQueue, type ServiceBusQueue } from '../../../shared/connectors/queue/service-bus-queue.ts';

describe('the queue on Service Bus', () => {
  const signal = AbortSignal.timeout(30_000);
  let folder: string;
  let broker: ServiceBusEndpoint;
  let queue: ServiceBusQueue;
  let reader: ServiceBusClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-queue-'));
    const queues = [completeQueue({ name: 'lifecycle-events', requiresSession: true }), completeQueue({ name: 'lifecycle-urgent' })];
    broker = await startServiceBus({ port: 0, databasePath: join(folder, 'bus.sqlite'), queues });
    const connectionString = `Endpoint=sb://127.0.0.1:${broker.port};SharedAccessKeyName=local;SharedAccessKey=local;UseDevelopmentEmulator=true;`;
    queue = createServiceBusQueue({ connectionString });
    reader = new ServiceBusClient(connectionString);
  });
  afterAll(async () => {
    await queue.close();
    await reader.close();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('has taken every message when sending resolves, each with its id, session and body', async () => {
    await queue.send(
      [
        { queue: 'lifecycle-events', messageId: 'm1', sessionId: 'generic/10042', body: { inboxId: 'i1' } },
        { queue: 'lifecycle-events', messageId: 'm2', sessionId: 'generic/10043', body: { inboxId: 'i2' } },
        { queue: 'lifecycle-urgent', messageId: 'm3', body: { inboxId: 'i3' } },
      ],
      signal,
    );
    expect(broker.counts()).toMatchObject({ 'lifecycle-events': { active: 2 }, 'lifecycle-urgent': { active: 1 } });
    const [urgent] = await reader.createReceiver('lifecycle-urgent').receiveMessages(1, { maxWaitTimeInMs: 5_000 });
    expect(urgent).toMatchObject({ messageId: 'm3', body: { inboxId: 'i3' } });
    const session = await reader.acceptSession('lifecycle-events', 'generic/10042');
    const [event] = await session.receiveMessages(1, { maxWaitTimeInMs: 5_000 });
    expect(event).toMatchObject({ messageId: 'm1', sessionId: 'generic/10042', body: { inboxId: 'i1' } });
  });

  it('sends more than one batch holds', async () => {
    const before = broker.counts()['lifecycle-urgent']?.active ?? 0;
    const messages = Array.from({ length: 3_000 }, (_, number) => ({
      queue: 'lifecycle-urgent' as const,
      messageId: `n${number}`,
      body: { inboxId: 'x'.repeat(400) },
    }));
    await queue.send(messages, signal);
    expect(broker.counts()['lifecycle-urgent']?.active).toBe(before + 3_000);
  });

  it('fails with the queue’s name when the broker refuses', async () => {
    const withoutSession = [{ queue: 'lifecycle-events' as const, messageId: 'm9', body: { inboxId: 'i9' } }];
    await expect(queue.send(withoutSession, signal)).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('lifecycle-events'),
    });
  });
});
