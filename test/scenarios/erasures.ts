import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemIn } from '../functions/problem.ts';
import { postgresPrograms } from '../support/postgres.ts';
import { until } from '../support/product.ts';
import type { OperationsStage } from './operations-stage.ts';
import { rowsOfPostgres } from './rows-of-postgres.ts';
import { runsOf, untilRun } from './runs.ts';
import { filesOf, type Place, whereFound } from './search-everywhere.ts';
import { contractor, dayIn } from './workers.ts';

const workerId = '39301';
const name = { given: 'Xaverius', family: 'Quillfeather' };
const person = z.object({ personId: z.string(), displayName: z.string() });
const erased = z.object({ already: z.boolean(), rows: z.record(z.string(), z.number()), auditValues: z.number(), instances: z.number() });
const byHand = z.object({
  accounts: z.array(z.object({ target: z.string(), actual: z.object({ is: z.string(), enabled: z.boolean().optional() }) })),
});
const verdict = z.object({ isWhole: z.boolean(), erasedValues: z.number() });
const audit = z.object({ rows: z.array(z.object({ action: z.string(), detail: z.record(z.string(), z.unknown()) })) });

/** Somebody is hired, leaves, and asks to be forgotten. */
export function peopleAreErased(stage: () => OperationsStage): void {
  const send = async (path: string, body: object, client: string) => {
    const headers = { Authorization: `Bearer ${await stage().gatehouse.token({ client })}` };
    return stage().gatehouse.request(path, { method: 'POST', body: JSON.stringify(body), headers });
  };
  const erase = (key: string, client = 'admin') => send(`/api/people/${key}/erase`, { reason: 'Request 4711.' }, client);
  let personId = '';
  // They have worked here: a hire that ends before it began would be taken back.
  const hireDate = dayIn('Europe/Lisbon', -30);

  describe('What was done by hand', () => {
    it('is written down with what the targets show, and changes nothing', async () => {
      const { gatehouse } = stage();
      await gatehouse.tell({ ...contractor(workerId), hireDate, name, personalEmail: 'xq@quillfeather.example' });
      await untilRun(gatehouse, workerId, 'done', 'joiner-cloud');
      ({ personId } = person.parse(await gatehouse.product.ask(`/api/people/${workerId}`)));
      const did = 'Ana disabled the account in the portal.';
      expect((await send(`/api/people/${workerId}/by-hand`, { did, at: '2099-01-01T00:00:00Z' }, 'operator')).status).toBe(400);
      const noted = await send(`/api/people/${workerId}/by-hand`, { did, at: new Date().toISOString() }, 'operator');
      const { accounts } = byHand.parse(await noted.json());
      expect(accounts.map(({ target, actual }) => `${target} ${actual.is} ${actual.enabled}`).toSorted()).toEqual([
        'entra:contoso seen true',
        'oci:contoso seen true',
      ]);
      const { rows } = audit.parse(await gatehouse.product.ask(`/api/audit?person=${workerId}&limit=500`));
      expect(rows.find(({ action }) => action === 'done-by-hand')?.detail).toMatchObject({
        note: did,
        seen: [{ enabled: true }, { enabled: true }],
      });
    });
  });

  describe('Erasing somebody', () => {
    it('is refused while they are here, and while their accounts, runs or questions are not closed, with everything that stands against it', async () => {
      const { gatehouse } = stage();
      expect((await problemIn(await erase(workerId, 'operator'))).code).toBe('forbidden');
      expect((await problemIn(await erase(workerId))).detail).toMatch(/They have not left: they are active/);
      await gatehouse.tell({ ...contractor(workerId), hireDate, name, status: 'terminated', lastDay: dayIn('Europe/Lisbon', -1) });
      await until(
        'what they had is taken away',
        async () => {
          const strip = (await runsOf(gatehouse, workerId)).find(({ workflow }) => workflow === 'leaver-strip');
          return strip?.state === 'done' || strip?.state === 'done-with-gaps';
        },
        () => runsOf(gatehouse, workerId),
      );
      const { code, detail } = await problemIn(await erase(workerId));
      expect(code).toBe('wrong-state');
      expect(detail).toMatch(/A run of leaver-delete is not over.*account .* in entra:contoso is not known to be deleted/s);
    });

    it('takes all that is known of them, once their accounts are deleted; their id stays in an audit that is whole', async () => {
      const { gatehouse } = stage();
      await gatehouse.world.post('/clock', { advance: 'P31D' });
      await untilRun(gatehouse, workerId, 'done', 'leaver-delete');
      const response = await erase(workerId);
      const answer: unknown = await response.json();
      expect(response.status, JSON.stringify(answer)).toBe(200);
      const { rows, auditValues, instances } = erased.parse(answer);
      expect(auditValues).toBeGreaterThan(0);
      expect(instances).toBeGreaterThanOrEqual(4);
      for (const table of ['engagement', 'fact', 'inbox', 'intent', 'run', 'step', 'account_link', 'name'])
        expect(rows[table], table).toBeGreaterThan(0);
      expect(erased.parse(await (await erase(personId)).json()).already).toBe(true);
      expect((await problemIn(await erase(workerId))).code).toBe('not-found');
      expect(person.parse(await gatehouse.product.ask(`/api/people/${personId}`)).displayName).toBe('');
      await gatehouse.runTimer('seal-audit');
      await until('the audit is whole, and tells of the erasure', async () => {
        const { isWhole, erasedValues } = verdict.parse(await gatehouse.product.ask('/api/audit/verify'));
        return isWhole && erasedValues > 0;
      });
    });

    // Of an embedded registry nobody else can look into the rows while the product runs.
    it.skipIf(postgresPrograms === undefined)(
      'leaves neither their name nor their addresses anywhere: not in a table, a file, a queue, a history or what was printed',
      async () => {
        const { gatehouse, databaseUrl, folder } = stage();
        const places: Place[] = [
          ...filesOf(gatehouse.product.dataFolder),
          ...filesOf(folder),
          ...(databaseUrl === undefined ? [] : await rowsOfPostgres(databaseUrl)),
          ...gatehouse.outputs().map((text) => ({ place: 'the output', bytes: Buffer.from(text) })),
        ];
        const planted = ['Quillfeather', 'quillfeather', 'Xaverius', 'xaverius'].map((value) => ({ kind: value, value }));
        expect(whereFound(planted, places)).toEqual([]);
        // The search sees what is there.
        expect(whereFound([{ kind: 'of another', value: 'Guimarães' }], places)).not.toEqual([]);
      },
    );

    it('gives nobody else the names that they bore, and does not bring them back when an old event is sent again', async () => {
      const { gatehouse } = stage();
      await gatehouse.tell({ ...contractor('39302'), name });
      await untilRun(gatehouse, '39302', 'done', 'joiner-cloud');
      const { accounts } = z
        .object({
          accounts: z.array(
            z.object({ target: z.string(), actual: z.object({ attributes: z.record(z.string(), z.unknown()).optional() }) }),
          ),
        })
        .parse(await gatehouse.product.ask('/api/people/39302'));
      const upn = accounts.find(({ target }) => target === 'entra:contoso')?.actual.attributes?.['userPrincipalName'];
      expect(upn).toMatch(/^xaverius\.quillfeather.+@contoso\.example$/);
    });
  });
}
