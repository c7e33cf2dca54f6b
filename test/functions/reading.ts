import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, until } from '../support/product.ts';
import { problemIn } from './problem.ts';

const person = z.object({
  personId: z.string(),
  displayName: z.string(),
  baseline: z.boolean(),
  accounts: z.array(z.object({ target: z.string(), actual: z.object({ is: z.string() }) })),
});
const runs = z.object({ runs: z.array(z.object({ id: z.string(), state: z.string(), workflow: z.string(), displayName: z.string() })) });
const rows = z.object({ rows: z.array(z.object({ sequence: z.number(), personId: z.string().nullable(), runId: z.string().nullable() })) });

/** What the API tells: people, runs, audit. */
export function recordsAreRead(stage: () => Gatehouse): void {
  const get = async (path: string): Promise<Response> =>
    stage().request(path, { headers: { Authorization: `Bearer ${await stage().token({ client: 'reader' })}` } });
  const listed = async (query: string): Promise<z.infer<typeof runs>['runs']> =>
    runs.parse(await (await get(`/api/runs${query}`)).json()).runs;

  describe('A person', () => {
    it('is found by worker id, by source and worker id, and by person id, with accounts as they are', async () => {
      const found = person.parse(await (await get('/api/people/10002')).json());
      expect([found.displayName, found.baseline, found.accounts.map(({ target, actual }) => `${target} ${actual.is}`).toSorted()]).toEqual([
        'Tomás Guimarães',
        true,
        ['ad:contoso seen', 'entra:contoso seen', 'oci:contoso seen'],
      ]);
      for (const key of ['generic:10002', found.personId, encodeURIComponent('generic:10002')])
        expect(person.parse(await (await get(`/api/people/${key}`)).json())).toEqual(found);
    });

    it('who is not known is not found, in words that say how to ask', async () => {
      for (const key of ['99999', 'generic:99999', 'other:10002', '%00', "'; DROP TABLE person; --", 'x'.repeat(500)]) {
        expect(await problemIn(await get(`/api/people/${encodeURIComponent(key)}`)), key).toMatchObject({ status: 404, code: 'not-found' });
      }
    });
  });

  describe('Runs', () => {
    it('are listed by person, state and workflow, newest first, a page at a time', async () => {
      const hire = { status: 'active', workerType: 'contractor', department: 'Sales', hireDate: '2099-01-01', timeZone: 'Europe/Lisbon' };
      for (const workerId of ['39101', '39102', '39103'])
        await stage().tell({ ...hire, workerId, name: { given: 'Far', family: `Away${workerId}` } });
      await until('three runs are planned', async () => (await listed('?state=planned')).length === 3);
      const planned = await listed('?state=planned&workflow=joiner-cloud');
      expect(planned.map(({ state, workflow }) => `${state} ${workflow}`)).toEqual(Array(3).fill('planned joiner-cloud'));
      expect(planned.map(({ id }) => id)).toEqual(
        planned
          .map(({ id }) => id)
          .toSorted()
          .toReversed(),
      );
      expect(await listed('?person=39102')).toEqual(planned.filter(({ displayName }) => displayName === 'Far Away39102'));
      expect(await listed('?state=done')).toEqual([]);
      expect(await listed('?workflow=joiner-hybrid')).toEqual([]);
      const [first] = await listed('?limit=1');
      expect(first).toEqual(planned[0]);
      expect(await listed(`?after=${first?.id ?? ''}&limit=1`)).toEqual(planned.slice(1, 2));
    });

    it('are told one by one with their steps; one that does not exist is not found', async () => {
      const [first] = await listed('?limit=1');
      const one = z
        .object({ id: z.string(), steps: z.array(z.object({ state: z.string() })) })
        .parse(await (await get(`/api/runs/${first?.id ?? ''}`)).json());
      expect([one.id, one.steps.length > 5, new Set(one.steps.map(({ state }) => state))]).toEqual([first?.id, true, new Set(['to-come'])]);
      for (const id of ['nope', '..%2F..', '%F0%9F%92%A9'])
        expect(await problemIn(await get(`/api/runs/${id}`)), id).toMatchObject({ status: 404, code: 'not-found' });
    });

    it('cannot be asked for by a query that makes no sense, and the answer names the field', async () => {
      for (const [query, field] of [
        ['state=finished', 'state'],
        ['limit=0', 'limit'],
        ['limit=501', 'limit'],
        ['limit=many', 'limit'],
      ] as const) {
        expect(await problemIn(await get(`/api/runs?${query}`)), query).toMatchObject({
          status: 400,
          code: 'input-invalid',
          detail: expect.stringContaining(field),
        });
      }
      expect((await get('/api/runs?person=99999')).status).toBe(404);
    });
  });

  describe('A text that no database can hold', () => {
    it('is refused by the name of its field, in paths and in queries', async () => {
      for (const path of [
        '/api/runs/%00',
        '/api/people/a%00b',
        '/api/runs?person=%00',
        '/api/runs?after=%00',
        '/api/runs?workflow=%00',
        '/api/audit?run=%00',
      ]) {
        expect(await problemIn(await get(path)), path).toMatchObject({
          status: 400,
          code: 'input-invalid',
          detail: expect.stringMatching(/^(id|key|person|after|workflow|run) holds/),
        });
      }
      for (const path of ['/passes/%00', '/console/runs/%00', '/console/people/%00', '/console/runs?after=%00'])
        expect([path, (await get(path)).status]).toEqual([path, 400]);
    });
  });

  describe('The audit', () => {
    it('is read in order, row after row, and by person', async () => {
      const all = rows.parse(await (await get('/api/audit?limit=500')).json()).rows;
      expect(all.length).toBeGreaterThan(3);
      expect(all.map(({ sequence }) => sequence)).toEqual(all.map(({ sequence }) => sequence).toSorted((one, other) => one - other));
      const [first] = all;
      expect(rows.parse(await (await get(`/api/audit?after=${first?.sequence ?? 0}&limit=2`)).json()).rows).toEqual(all.slice(1, 3));
      const own = rows.parse(await (await get('/api/audit?person=39102')).json()).rows;
      expect([own.length, new Set(own.map(({ personId }) => personId)).size]).toEqual([1, 1]);
      for (const query of ['after=-1', 'limit=x']) expect((await get(`/api/audit?${query}`)).status, query).toBe(400);
    });
  });

  describe('Health', () => {
    it('names every dependency and its state', async () => {
      const health = z
        .object({ status: z.string(), baseline: z.boolean(), dependencies: z.array(z.object({ name: z.string(), state: z.string() })) })
        .parse(await (await stage().request('/api/health')).json());
      expect([health.status, health.baseline]).toEqual(['up', true]);
      expect(health.dependencies.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['registry', 'ad:contoso', 'entra:contoso', 'oci:contoso', 'hr:contoso']),
      );
      expect(new Set(health.dependencies.map(({ state }) => state))).toEqual(new Set(['up']));
    });
  });
}
