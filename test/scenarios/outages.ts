import Long from 'long';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemIn } from '../functions/problem.ts';
import { postgresPrograms } from '../support/postgres.ts';
import { until } from '../support/product.ts';
import type { OperationsStage } from './operations-stage.ts';
import { runsOf, untilRun } from './runs.ts';
import { contractor } from './workers.ts';

const health = z.object({
  status: z.string(),
  dependencies: z.array(z.object({ name: z.string(), state: z.string(), message: z.string().nullable() })),
});
const letters = z.object({
  deadLetters: z.array(
    z.object({
      queue: z.string(),
      sequence: z.string(),
      deliveries: z.number(),
      reason: z.string().nullable(),
      about: z.string(),
      ageSeconds: z.number(),
      event: z.object({ workerId: z.string(), state: z.string() }).nullable(),
    }),
  ),
});
const settled = z.object({ settled: z.number() });
const audit = z.object({ rows: z.array(z.object({ action: z.string(), detail: z.record(z.string(), z.unknown()) })) });

/** Its registry or its queue goes away and comes back; a message that nobody can read lies in the way. */
export function outagesAreSurvived(stage: () => OperationsStage): void {
  const standing = async (name: string) => {
    // What is wrong is told to callers with a role only.
    const headers = { Authorization: `Bearer ${await stage().gatehouse.token({ client: 'reader' })}` };
    const response = await stage().gatehouse.request('/api/health', { headers });
    const { status, dependencies } = health.parse(await response.json());
    const found = dependencies.find((one) => one.name === name);
    return { code: response.status, status, state: found?.state, message: found?.message };
  };
  const untilState = (name: string, state: string) =>
    until(
      `${name} is ${state}`,
      async () => (await standing(name)).state === state,
      () => standing(name),
    );
  const send = async (path: string, body: object, client = 'operator') => {
    const headers = { Authorization: `Bearer ${await stage().gatehouse.token({ client })}` };
    return stage().gatehouse.request(path, { method: 'POST', body: JSON.stringify(body), headers });
  };
  const event = (id: string, workerId: string) => ({
    id,
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
    worker: contractor(workerId),
  });
  const listed = async () => letters.parse(await stage().gatehouse.product.ask('/api/dead-letters')).deadLetters;

  describe('While the queue is away', () => {
    it('events are kept and answered 202, notices are sent back with 503, health says so; all is caught up afterwards', async () => {
      const { gatehouse, broker } = stage();
      await broker.kill();
      expect((await gatehouse.deliver(event('evt-without-queue', '39201'))).status).toBe(202);
      const notice = { value: [{ subscriptionId: 'b3f5', clientState: 'x', changeType: 'updated', tenantId: 't', resource: 'users' }] };
      const refused = await gatehouse.request('/api/graph/notifications', { method: 'POST', body: JSON.stringify(notice) });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      expect((await problemIn(refused)).code).toBe('target-unreachable');
      expect(await standing('queue')).toMatchObject({ code: 200, status: 'degraded', state: 'down' });
      expect(await runsOf(gatehouse, '39201')).toEqual([]);
      await broker.start();
      await untilRun(gatehouse, '39201', 'done', 'joiner-cloud');
      await untilState('queue', 'up');
    });
  });

  describe.skipIf(postgresPrograms === undefined)('While the registry is away', () => {
    it('senders and callers are answered 503 and told when to come again, and nothing of it is half done', async () => {
      const { gatehouse, postgres, broker } = stage();
      // Somebody else has the worker's session, so that the message lies in the queue until the registry is away.
      const session = await broker.client.acceptSession('lifecycle-events', 'generic:39202');
      expect((await gatehouse.deliver(event('evt-before', '39202'))).status).toBe(202);
      await postgres?.crash();
      for (const response of [await gatehouse.deliver(event('evt-during', '39203')), await send('/api/pause', { reason: 'a test' })]) {
        expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
        expect((await problemIn(response)).code).toBe('store-unavailable');
      }
      expect(await standing('registry')).toMatchObject({
        code: 503,
        status: 'down',
        state: 'down',
        message: 'The registry cannot be reached.',
      });
      await session.close();
      const aside = broker.client.createReceiver('lifecycle-events', { subQueueType: 'deadLetter' });
      await until(
        'the queue has given the event up',
        async () => (await aside.peekMessages(1, { fromSequenceNumber: Long.ZERO })).length === 1,
      );
      await aside.close();
      await postgres?.resume();
      await untilState('registry', 'up');
      // What was refused is not known, and is taken when it is sent again.
      expect((await gatehouse.deliver(event('evt-during', '39203'))).status).toBe(202);
      await untilRun(gatehouse, '39203', 'done', 'joiner-cloud');
      // What the queue gave up meanwhile is there, named, and caught up by command.
      await until('the event is among the dead letters', async () => (await listed()).length === 1, listed);
      const [letter] = await listed();
      expect(letter).toMatchObject({ queue: 'lifecycle-events', event: { workerId: '39202', state: 'received' } });
      expect(letter?.about).toBe('the event evt-before about generic:39202, received');
      const order = { queue: letter?.queue, sequence: letter?.sequence, reason: 'The registry is back.' };
      const replay = await send('/api/dead-letters/replay', order);
      expect([replay.status, await replay.json()]).toEqual([200, { settled: 1 }]);
      await untilRun(gatehouse, '39202', 'done', 'joiner-cloud');
    });
  });

  describe('A message that nobody can read', () => {
    it('ends among the dead letters, where health counts it, and is listed with its reason, its age and what it is', async () => {
      const sender = stage().broker.client.createSender('lifecycle-urgent');
      await sender.sendMessages({ messageId: 'poison-1', body: { nonsense: true }, contentType: 'application/json' });
      await sender.close();
      await until('it is put aside', async () => (await listed()).some(({ about }) => about === 'nothing that Gatehouse has sent'), listed);
      const found = (await listed()).find(({ about }) => about === 'nothing that Gatehouse has sent');
      expect(found).toMatchObject({ queue: 'lifecycle-urgent', event: null });
      expect(found?.deliveries).toBeGreaterThanOrEqual(100);
      expect(found?.reason).toMatch(/MaxDeliveryCount/);
      expect(await standing('queue')).toMatchObject({
        state: 'warning',
        message: expect.stringContaining('in lifecycle-urgent') as string,
      });
      expect((await standing('queue')).status).not.toBe('down');
    });

    it('is handed on again by command and comes back, is thrown away by command, and the audit has both', async () => {
      const { gatehouse } = stage();
      const before = await listed();
      expect((await send('/api/dead-letters/replay', { all: true })).status).toBe(400);
      expect((await send('/api/dead-letters/replay', { all: true, reason: 'x' }, 'reader')).status).toBe(403);
      const replay = await send('/api/dead-letters/replay', { all: true, reason: 'The registry is back.' });
      expect([replay.status, settled.parse(await replay.json()).settled]).toEqual([200, before.length]);
      await until(
        'it is put aside again',
        async () => (await listed()).some(({ about }) => about === 'nothing that Gatehouse has sent'),
        listed,
      );
      for (const { queue, sequence } of await listed()) {
        const order = { queue, sequence, reason: 'Nobody can read it.' };
        expect((await send('/api/dead-letters/discard', order)).status).toBe(200);
        expect((await problemIn(await send('/api/dead-letters/discard', order))).code).toBe('not-found');
      }
      expect(await listed()).toEqual([]);
      expect((await standing('queue')).state).toBe('up');
      const { rows } = audit.parse(await gatehouse.product.ask('/api/audit?limit=500&after=0'));
      const told = rows
        .filter(({ action }) => action.startsWith('dead-letter.'))
        .map(({ action, detail }) => `${action}: ${String(detail['why'])}`);
      expect(told).toContain('dead-letter.replayed: The registry is back.');
      expect(told).toContain('dead-letter.discarded: Nobody can read it.');
    });
  });
}
