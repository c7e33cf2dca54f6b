import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, until } from '../support/product.ts';
import { problemIn } from './problem.ts';

const verdict = z.object({
  isWhole: z.boolean(),
  sealed: z.number(),
  notSealed: z.number(),
  provenTo: z.object({ position: z.number() }).nullable(),
  anchors: z.string(),
});
const row = z.object({
  sequence: z.number(),
  action: z.string(),
  personId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
const person = z.object({ personId: z.string() });

/** The audit over the API: sealed by itself, verified, handed out, and erased in part. */
export function auditIsKept(stage: () => Gatehouse): void {
  const as = async (client: string, path: string, init: RequestInit = {}): Promise<Response> =>
    stage().request(path, { ...init, headers: { Authorization: `Bearer ${await stage().token({ client })}` } });
  const verify = async () => verdict.parse(await (await as('reader', '/api/audit/verify')).json());
  const hire = { status: 'active', workerType: 'contractor', department: 'Sales', hireDate: '2099-01-01', timeZone: 'Europe/Lisbon' };
  const told = async (workerId: string) => {
    const rows = await (await as('reader', `/api/audit?person=generic:${workerId}&format=ndjson`)).text();
    return rows
      .split('\n')
      .slice(0, -1)
      .map((line) => row.parse(JSON.parse(line)));
  };

  describe('The audit', () => {
    it('is sealed by the timer, anchored in the data folder, and verified to be whole', async () => {
      await stage().tell({ ...hire, workerId: '39201', name: { given: 'Au', family: 'Dit' } });
      await until('the event is in the audit', async () => (await as('reader', '/api/people/generic:39201')).status === 200);
      const isSealed = async () => {
        await stage().runTimer('seal-audit');
        return (await verify()).notSealed === 0;
      };
      await until('all is sealed', isSealed, verify);
      const whole = await verify();
      expect([whole.isWhole, whole.sealed > 0, whole.provenTo?.position]).toEqual([true, true, whole.sealed]);
      expect(whole.anchors.startsWith(stage().product.dataFolder)).toBe(true);
    });

    it('is handed out as CSV and as lines of JSON, and leads to the rest', async () => {
      const csv = await as('reader', '/api/audit?format=csv');
      expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
      expect((await csv.text()).startsWith('sequence,at,actor,action,')).toBe(true);
      const first = await as('reader', '/api/audit?format=ndjson&limit=1');
      const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
      expect(next).toMatch(/^\/api\/audit\?.*after=\d+/);
      expect((await as('reader', next ?? '')).status).toBe(200);
      for (const query of ['format=xml', 'limit=501', 'format=csv&limit=10001'])
        expect(await problemIn(await as('reader', `/api/audit?${query}`)), query).toMatchObject({ status: 400, code: 'input-invalid' });
    });

    it('loses the personal words of one person when an administrator erases them, and stays whole', async () => {
      expect((await told('39201')).some(({ detail }) => typeof detail['note'] === 'string')).toBe(true);
      const path = '/api/people/generic:39201/erase-audit-values';
      const body = JSON.stringify({ reason: 'asked for' });
      expect((await as('reader', path, { method: 'POST', body })).status).toBe(403);
      expect(await problemIn(await as('admin', path, { method: 'POST', body: '{}' }))).toMatchObject({ status: 400 });
      const answer = await as('admin', path, { method: 'POST', body });
      expect(answer.status).toBe(200);
      expect(person.parse(await answer.json()).personId).not.toBe('');
      const rows = await told('39201');
      expect(rows.some(({ detail }) => typeof detail['note'] === 'string')).toBe(false);
      expect(rows.at(-1)?.action).toBe('audit.values-erased');
      expect((await verify()).isWhole).toBe(true);
    });
  });
}
