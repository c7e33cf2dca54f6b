import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, sign } from '../support/product.ts';
import { problemIn } from './problem.ts';

const events = z.object({
  rejected: z.array(z.object({ source: z.string(), reason: z.string(), excerpt: z.string(), receivedAt: z.string() })),
});
const batch = z.object({
  events: z.array(
    z.object({
      id: z.string().nullable(),
      status: z.string(),
      problems: z.array(z.object({ field: z.string(), problem: z.string() })).optional(),
    }),
  ),
});
const worker = { workerId: '39001', status: 'terminated', workerType: 'employee', name: { given: 'Nobody' }, hireDate: '2020-01-01' };
const event = (id: string, changes: object = {}): object => ({ id, occurredAt: '2026-01-01T08:00:00Z', worker: { ...worker, ...changes } });

/** What HR sends: good, bad in every way, signed and unsigned. */
export function eventsAreTakenIn(stage: () => Gatehouse): void {
  const post = (body: string | Uint8Array, headers: Record<string, string>, source = 'generic'): Promise<Response> =>
    stage().request(`/api/hr/${source}`, { method: 'POST', body, headers });
  const rejected = async (): Promise<z.infer<typeof events>['rejected']> => events.parse(await stage().product.ask('/api/events')).rejected;

  describe('The webhook', () => {
    it('takes a good event with 202, the same again with 200 whatever the order of its keys, and the same id with another body with 409', async () => {
      expect((await stage().deliver(event('in-1'))).status).toBe(202);
      const { name, ...rest } = worker;
      expect(
        (await stage().deliver(JSON.stringify({ worker: { name, ...rest }, occurredAt: '2026-01-01T08:00:00Z', id: 'in-1' }, null, 2)))
          .status,
      ).toBe(200);
      const conflict = await stage().deliver(event('in-1', { name: { given: 'Somebody' } }));
      expect(await problemIn(conflict)).toMatchObject({ status: 409, code: 'event-conflict', detail: expect.stringContaining('in-1') });
      expect((await stage().deliver(event('in-1'))).status).toBe(200);
      expect((await rejected())[0]).toMatchObject({ source: 'generic', excerpt: expect.stringContaining('Somebody') });
    });

    it('says of a body that is not JSON that it is not, and keeps it', async () => {
      for (const body of ['{"id": ', '', 'id=1', '\u0000']) {
        expect(await problemIn(await stage().deliver(body))).toMatchObject({
          status: 400,
          code: 'input-invalid',
          detail: expect.stringContaining('not JSON'),
        });
      }
      expect((await rejected())[0]?.reason).toContain('not JSON');
      const broken = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
      expect((await post(broken, { 'Gatehouse-Signature': 't=1,v1=00' })).status).toBe(401);
    });

    it('names every missing and mistyped field at once', async () => {
      const { errors, ...problem } = await problemIn(
        await stage().deliver({ id: 7, worker: { workerId: 5, status: 'hired', name: { given: '' }, jobTitle: ['x'], location: 'LIS' } }),
      );
      expect(problem).toMatchObject({ status: 400, code: 'input-invalid' });
      expect(errors?.map(({ field }) => field).toSorted()).toEqual(
        [
          'id',
          'occurredAt',
          'worker.hireDate',
          'worker.jobTitle',
          'worker.location',
          'worker.name.given',
          'worker.status',
          'worker.workerId',
          'worker.workerType',
        ].toSorted(),
      );
      for (const { field } of errors ?? []) expect(problem.detail).toContain(field);
      expect((await rejected())[0]?.reason).toContain('worker.hireDate');
    });

    it('says of null, a list and a text that they are no event', async () => {
      for (const body of ['null', '[]', '"event"', '5', '{"events": {}}', '{"events": null}'])
        expect(await problemIn(await stage().deliver(body)), body).toMatchObject({ status: 400, code: 'input-invalid' });
    });

    it('refuses a character that no database keeps, wherever it stands, by the name of the field', async () => {
      for (const changes of [{ jobTitle: 'a\0b' }, { custom: { 'a\0b': [] } }, { department: '\ud800' }]) {
        expect(await problemIn(await stage().deliver(event('in-9', changes))), JSON.stringify(changes)).toMatchObject({
          status: 400,
          code: 'input-invalid',
        });
      }
    });

    it('refuses dates that are in no calendar, times without an offset, and an event from the future', async () => {
      const wrong = async (body: object): Promise<readonly string[]> =>
        (await problemIn(await stage().deliver(body))).errors?.map(({ field }) => field) ?? [];
      expect(await wrong(event('in-2', { hireDate: '2026-02-30' }))).toEqual(['worker.hireDate']);
      expect(await wrong(event('in-2', { lastDay: '2026-13-01', hireDate: '1.2.2026' }))).toEqual(
        expect.arrayContaining(['worker.lastDay', 'worker.hireDate']),
      );
      expect(await wrong({ ...event('in-2'), occurredAt: '2026-01-01T08:00:00' })).toEqual(['occurredAt']);
      expect(await wrong({ ...event('in-2'), occurredAt: new Date(Date.now() + 3_600_000).toISOString() })).toEqual(['occurredAt']);
      // Nothing of these was taken: the id is free.
      expect((await stage().deliver(event('in-2'))).status).toBe(202);
    });

    it('warns of fields that it does not know, and takes the event', async () => {
      const response = await stage().deliver({ ...event('in-3', { shoeSize: 44, name: { given: 'Nobody', middle: 'X' } }), priority: 1 });
      expect(response.status).toBe(202);
      const { warnings } = z
        .object({ warnings: z.array(z.object({ field: z.string(), problem: z.string() })) })
        .parse(await response.json());
      expect(warnings.map(({ field }) => field).toSorted()).toEqual(['priority', 'worker.name.middle', 'worker.shoeSize']);
    });

    it('answers each event of a batch on its own', async () => {
      const response = await stage().deliver({
        events: [event('in-4'), { id: 'in-5' }, event('in-1'), event('in-1', { jobTitle: 'Other' }), event('in-4')],
      });
      expect(response.status).toBe(202);
      const answers = batch.parse(await response.json()).events;
      expect(answers.map(({ id, status }) => [id, status])).toEqual([
        ['in-4', 'accepted'],
        ['in-5', 'invalid'],
        ['in-1', 'duplicate'],
        ['in-1', 'conflict'],
        ['in-4', 'duplicate'],
      ]);
      expect(answers[1]?.problems?.map(({ field }) => field)).toContain('occurredAt');
      expect((await stage().deliver({ events: [{ id: 'in-5' }] })).status).toBe(400);
    });

    it('refuses a body of more than two million bytes with 413', async () => {
      const body = JSON.stringify(event('in-6', { custom: { text: 'x'.repeat(2_000_000) } }));
      expect(await problemIn(await stage().deliver(body))).toMatchObject({ status: 413, code: 'body-too-large' });
    });

    it('refuses what is not signed, signed wrongly, changed after signing, or signed more than five minutes ago, and keeps nothing of it', async () => {
      const before = (await rejected()).length;
      const body = JSON.stringify(event('in-7'));
      const now = Date.now();
      const good = sign(body, now);
      const signatures = [
        '',
        'nonsense',
        good.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        sign(body, now, 'another-secret'),
        sign(`${body} `, now),
        sign(body, now - 301_000),
        sign(body, now + 302_000),
        good.replace(/^t=\d+/, `t=${Math.floor(now / 1000) + 1}`),
      ];
      for (const signature of signatures) {
        const response = await post(body, signature === '' ? {} : { 'Gatehouse-Signature': signature });
        expect(await problemIn(response), signature).toMatchObject({ status: 401, code: 'signature-invalid' });
      }
      expect((await rejected()).length).toBe(before);
      expect((await post(body, { 'Gatehouse-Signature': sign(body, Date.now() - 290_000) })).status).toBe(202);
    });

    it('knows no other source', async () => {
      expect(await problemIn(await stage().deliver(event('in-8'), 'workday'))).toMatchObject({
        status: 404,
        code: 'not-found',
        detail: expect.stringContaining('workday'),
      });
    });
  });
}

/** The largest batch. What comes after it would wait until all of it is folded. */
export function largestBatchIsTakenIn(stage: () => Gatehouse): void {
  describe('The webhook', () => {
    it('takes a thousand events at once; more than a thousand, or none, are refused whole', async () => {
      const many = (count: number): object => ({
        events: Array.from({ length: count }, (_, index) => event(`many-${index}`, { workerId: `many-${index}` })),
      });
      expect(await problemIn(await stage().deliver(many(1001)))).toMatchObject({
        status: 400,
        code: 'input-invalid',
        detail: expect.stringContaining('1001'),
      });
      expect(await problemIn(await stage().deliver({ events: [] }))).toMatchObject({ status: 400, code: 'input-invalid' });
      const whole = await stage().deliver(many(1000));
      expect(whole.status).toBe(202);
      const answers = batch.parse(await whole.json()).events;
      expect([answers.length, new Set(answers.map(({ status }) => status))]).toEqual([1000, new Set(['accepted'])]);
    });
  });
}
