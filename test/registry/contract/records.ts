import { describe, expect, it } from 'vitest';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import { aPerson, fresh, noon } from './samples.ts';

const hour = 3_600_000;

/** What audit, holds, budgets and baselines promise. */
export function recordsContract(registry: () => Registry): void {
  const stores = () => registry().stores;

  describe('the audit', () => {
    it('keeps rows in the order they were written, with all they said', async () => {
      const personId = await aPerson(registry());
      const row = {
        at: noon,
        actor: 'run:1',
        action: 'change.done',
        personId,
        runId: fresh('run'),
        target: 'ad:contoso',
        detail: { changeId: 'c', list: ['ä'] },
      } as const;
      await stores().audit.append([row, { ...row, action: 'run.done', runId: null }]);
      await stores().audit.append([]);
      const rows = await stores().audit.list({ after: 0, limit: 10, personId });
      expect(rows.map(({ action }) => action)).toEqual(['change.done', 'run.done']);
      expect(rows[0]).toMatchObject(row);
      expect(await stores().audit.list({ after: rows[0]?.sequence ?? 0, limit: 1, personId })).toEqual([rows[1]]);
      expect(await stores().audit.list({ after: 0, limit: 10, runId: row.runId })).toEqual([rows[0]]);
    });

    it('is written with what it tells of, or not at all', async () => {
      const personId = await aPerson(registry());
      const failing = registry().transaction(async (inside) => {
        await inside.audit.append([{ at: noon, actor: 'a', action: 'b', personId, runId: null, target: null, detail: {} }]);
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect(await stores().audit.list({ after: 0, limit: 10, personId })).toEqual([]);
    });
  });

  describe('holds', () => {
    it('ask for the same decision once', async () => {
      const hold = {
        id: fresh('hold'),
        at: noon,
        kind: 'run',
        reference: fresh('run'),
        personId: null,
        code: 'brake',
        message: 'at its limit',
        approvals: 1,
      } as const;
      await stores().holds.add(hold);
      await stores().holds.add({ ...hold, id: fresh('hold') });
      await stores().holds.add({ ...hold, id: fresh('hold'), code: 'privileged' });
      const open = (await stores().holds.open(1000)).filter(({ reference }) => reference === hold.reference);
      expect(open.map(({ code }) => code).toSorted()).toEqual(['brake', 'privileged']);
      expect(open.find(({ code }) => code === 'brake')).toEqual(hold);
    });
  });

  describe('holds of a person', () => {
    it('are over when their runs are, while an event that is held still waits', async () => {
      const [personId, other] = [await aPerson(registry()), await aPerson(registry())];
      const hold = (changes: object) =>
        ({
          id: fresh('hold'),
          at: noon,
          kind: 'run',
          reference: fresh('run'),
          personId,
          code: 'brake',
          message: 'm',
          approvals: 1,
          ...changes,
        }) as const;
      const [over, event, others] = [hold({}), hold({ kind: 'event' }), hold({ personId: other })];
      for (const one of [over, event, others]) await stores().holds.add(one);
      await stores().holds.resolveRunsOf(personId, noon);
      const open = (await stores().holds.open(1000)).map(({ id }) => id);
      expect([over, event, others].map(({ id }) => open.includes(id))).toEqual([false, true, true]);
      await stores().holds.add({ ...over, id: fresh('hold') });
      expect((await stores().holds.open(1000)).filter(({ reference }) => reference === over.reference)).toHaveLength(1);
    });
  });

  describe('budgets', () => {
    const reserve = (key: string, reference: string, now = noon) =>
      registry().transaction((inside) => inside.budgets.reserve({ key, reference, now, windowMs: hour, limit: 2 }));

    it('take what is within the limit, count the same thing once, and are free again when the window has passed', async () => {
      const key = fresh('budget');
      expect(await reserve(key, 'a')).toBe(true);
      expect(await reserve(key, 'a')).toBe(true);
      expect(await reserve(key, 'b', noon + 1)).toBe(true);
      expect(await reserve(key, 'c', noon + 2)).toBe(false);
      expect(await reserve(key, 'b', noon + 2)).toBe(true);
      expect(await reserve(fresh('budget'), 'c')).toBe(true);
      expect(await reserve(key, 'c', noon + hour)).toBe(true);
      expect(await reserve(key, 'd', noon + hour)).toBe(false);
    });

    it('book what is within the limit already all at once, and leave what was booked within the window as it is', async () => {
      const key = fresh('budget');
      const book = (references: readonly string[], now: number) =>
        registry().transaction((inside) => inside.budgets.book({ key, references, now, windowMs: hour }));
      const booked = (now: number) => registry().transaction((inside) => inside.budgets.booked({ key, now, windowMs: hour, except: [] }));
      await book(['a', 'b', 'c'], noon);
      await book(['c', 'd'], noon + 1);
      expect([await booked(noon + 1), await booked(noon + hour)]).toEqual([4, 1]);
      await book(['a'], noon + hour);
      expect([await booked(noon + hour), await booked(noon + hour + 1)]).toEqual([2, 1]);
      await book([], noon);
    });

    it('are never overspent, however many ask at once', async () => {
      const key = fresh('budget');
      const taken = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((reference) => reserve(key, reference)));
      expect(taken.filter(Boolean)).toHaveLength(2);
    });

    it('get back what a transaction that failed had booked', async () => {
      const key = fresh('budget');
      const failing = registry().transaction(async (inside) => {
        await inside.budgets.reserve({ key, reference: 'lost', now: noon, windowMs: hour, limit: 1 });
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect(
        await registry().transaction((inside) => inside.budgets.reserve({ key, reference: 'b', now: noon, windowMs: hour, limit: 1 })),
      ).toBe(true);
    });
  });

  describe('baselines', () => {
    it('are complete from when they were completed', async () => {
      const key = fresh('source');
      expect(await stores().baselines.isComplete(key)).toBe(false);
      await stores().baselines.complete(key, noon, '60 people');
      await stores().baselines.complete(key, noon, '61 people');
      expect(await stores().baselines.isComplete(key)).toBe(true);
    });
  });
}
