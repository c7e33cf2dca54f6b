import { describe, expect, it } from 'vitest';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import type { Run } from '../../../shared/ports/registry/runs.ts';
import { aPerson, aRun, fresh, noon } from './samples.ts';

/** What the stores of runs and steps promise. */
export function runsContract(registry: () => Registry): void {
  const runs = () => registry().stores.runs;
  const start = (run: Run, now = noon) => registry().transaction((inside) => inside.runs.beginStart(run.id, now));
  const startable = async (run: Run, now = noon) => (await runs().startable(now, 1000)).includes(run.id);

  describe('a run', () => {
    it('comes back as it was planned; planning it again changes nothing', async () => {
      const run = await aRun(registry(), { cause: 'evt-1', dueAt: noon + 5 });
      await runs().plan({ ...run, workflow: 'another' });
      expect(await runs().byId(run.id)).toEqual(run);
      expect(await runs().byId('unknown')).toBeUndefined();
      expect(await runs().definition('unknown')).toBeUndefined();
    });

    it('keeps the definition that it was planned with', async () => {
      const hash = fresh('definition');
      await runs().saveDefinition(hash, '{"version":1}');
      await runs().saveDefinition(hash, '{"version":2}');
      expect(await runs().definition(hash)).toBe('{"version":1}');
    });

    it('can be started when it is due, not before', async () => {
      const run = await aRun(registry(), { dueAt: noon + 1 });
      expect([await startable(run, noon), await startable(run, noon + 1)]).toEqual([false, true]);
      expect(await start(run, noon)).toBeUndefined();
      expect(await start(run, noon + 1)).toMatchObject({ state: 'starting', attempt: 1 });
      expect(await start(run, noon + 1)).toBeUndefined();
      expect(await startable(run, noon + 1)).toBe(false);
    });

    it('of a batch is decided with all others of it that are pending, and with no other', async () => {
      const batchId = fresh('batch');
      const pending = [await aRun(registry(), { batchId, state: 'pending' }), await aRun(registry(), { batchId, state: 'pending' })];
      const others = [await aRun(registry(), { batchId, state: 'active' }), await aRun(registry(), { state: 'pending' })];
      const states = async () => Promise.all([...pending, ...others].map(async ({ id }) => (await runs().byId(id))?.state));
      await runs().decideBatch(batchId, { to: 'held', note: 'too many', at: noon });
      expect(await states()).toEqual(['held', 'held', 'active', 'pending']);
      expect(await runs().byId(pending[0]?.id ?? '')).toMatchObject({ note: 'too many', endedAt: noon });
      await runs().decideBatch(batchId, { to: 'planned', note: null, at: noon });
      expect(await states()).toEqual(['held', 'held', 'active', 'pending']);
    });

    it('has its lane to itself: the next of the person waits, one of another lane does not', async () => {
      const personId = await aPerson(registry());
      const [first, second, contain] = [
        await aRun(registry(), { personId }),
        await aRun(registry(), { personId }),
        await aRun(registry(), { personId, lane: 'contain' }),
      ];
      await start(first);
      expect([await startable(second), await startable(contain)]).toEqual([false, true]);
      expect(await start(second)).toBeUndefined();
      expect((await start(contain))?.state).toBe('starting');
      await runs().claim(first.id, 1);
      expect(await start(second)).toBeUndefined();
      await runs().end({ id: first.id, attempt: 1, state: 'done', note: null, at: noon });
      expect((await start(second))?.state).toBe('starting');
    });

    it('is started by one of several who try at once, and never beside another of the same person', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, () => aPerson(registry())));
      const pairs = await Promise.all(people.flatMap((personId) => [aRun(registry(), { personId }), aRun(registry(), { personId })]));
      // Warm connections, so that they do not come one after the other.
      await Promise.all(pairs.map(({ id }) => runs().byId(id)));
      const started = await Promise.all([...pairs, ...pairs].map((run) => start(run)));
      const winners = started.filter((run) => run !== undefined);
      expect(winners.map(({ personId }) => personId).toSorted()).toEqual(people.toSorted());
    });

    it('is claimed by the attempt that was started, as often as that asks, and by no other', async () => {
      const run = await aRun(registry());
      expect(await runs().claim(run.id, 0)).toBe(false);
      await start(run, noon + 7);
      expect(await runs().claim(run.id, 2)).toBe(false);
      expect([await runs().claim(run.id, 1), await runs().claim(run.id, 1)]).toEqual([true, true]);
      expect(await runs().byId(run.id)).toMatchObject({ state: 'active', attempt: 1, startedAt: noon + 7 });
    });

    it('that is parked frees its lane, is due later, and is started as the next attempt', async () => {
      const run = await aRun(registry());
      await start(run);
      await runs().claim(run.id, 1);
      expect(await runs().park(run.id, 2, noon + 50, 'too early')).toBe(false);
      expect(await runs().park(run.id, 1, noon + 50, 'until the first day')).toBe(true);
      expect(await runs().byId(run.id)).toMatchObject({ state: 'planned', dueAt: noon + 50, note: 'until the first day' });
      expect(await runs().claim(run.id, 1)).toBe(false);
      expect(await start(run, noon + 49)).toBeUndefined();
      expect((await start(run, noon + 50))?.attempt).toBe(2);
    });

    it('ends once, by the attempt that is active', async () => {
      const run = await aRun(registry());
      expect(await runs().end({ id: run.id, attempt: 0, state: 'done', note: null, at: noon })).toBe(false);
      await start(run);
      await runs().claim(run.id, 1);
      expect(await runs().end({ id: run.id, attempt: 1, state: 'done-with-gaps', note: 'no seat', at: noon + 9 })).toBe(true);
      expect(await runs().end({ id: run.id, attempt: 1, state: 'failed', note: null, at: noon + 10 })).toBe(false);
      expect(await runs().byId(run.id)).toMatchObject({ state: 'done-with-gaps', note: 'no seat', endedAt: noon + 9 });
    });

    it('gives way to a newer epoch unless it is over, and its slot is free at once', async () => {
      const personId = await aPerson(registry());
      const planned = await aRun(registry(), { personId });
      const active = await aRun(registry(), { personId, lane: 'contain' });
      const over = await aRun(registry(), { personId, state: 'done' });
      const newer = await aRun(registry(), { personId, epoch: 2 });
      await start(active);
      await runs().claim(active.id, 1);
      expect(await runs().supersede(personId, 2, noon)).toBe(2);
      const states = await Promise.all([planned, active, over, newer].map(async ({ id }) => (await runs().byId(id))?.state));
      expect(states).toEqual(['superseded', 'superseded', 'done', 'planned']);
      expect(await runs().end({ id: active.id, attempt: 1, state: 'done', note: null, at: noon })).toBe(false);
      expect(await runs().park(active.id, 1, noon, 'x')).toBe(false);
      expect((await start(newer))?.state).toBe('starting');
    });

    it('is asked after when its start was not heard of again, or when nobody works on it', async () => {
      const [stuck, quiet, busy] = [await aRun(registry()), await aRun(registry()), await aRun(registry())];
      for (const run of [stuck, quiet, busy]) await start(run, noon);
      for (const run of [quiet, busy]) await runs().claim(run.id, 1);
      await registry().stores.steps.record({
        runId: busy.id,
        stepId: 'a',
        position: 0,
        task: 'create-account',
        state: 'waiting',
        summary: '',
        gaps: 0,
        claim: null,
        lastAt: noon + 10,
      });
      const ids = (found: readonly Run[]) => found.map(({ id }) => id).filter((id) => [stuck.id, quiet.id, busy.id].includes(id));
      expect(ids(await runs().stuckStarting(noon, noon + 20, 1000))).toEqual([]);
      expect(ids(await runs().stuckStarting(noon + 1, noon + 20, 1000))).toEqual([stuck.id]);
      expect(ids(await runs().stuckStarting(noon + 20, noon + 20, 1000))).toEqual([]);
      expect(ids(await runs().stuckStarting(noon + 21, noon + 40, 1000))).toEqual([stuck.id]);
      expect(ids(await runs().quiet(noon + 5, 1000))).toEqual([quiet.id]);
      expect(ids(await runs().quiet(noon + 11, 1000)).toSorted()).toEqual([quiet.id, busy.id].toSorted());
    });
  });

  describe('the list of runs', () => {
    it('is narrowed by state, workflow and person, newest first, and goes on after the last one seen', async () => {
      const personId = await aPerson(registry());
      const ids = ['run-a', 'run-b', 'run-c'].map((id) => `${id}-${personId}`);
      for (const id of ids) await aRun(registry(), { id, personId, workflow: id.startsWith('run-b') ? 'link-manager' : 'joiner-cloud' });
      const list = async (filter: object) => (await runs().list({ personId, limit: 10, ...filter })).map(({ id }) => id);
      expect(await list({})).toEqual(ids.toReversed());
      expect(await list({ workflow: 'link-manager' })).toEqual([ids[1]]);
      expect(await list({ state: 'active' })).toEqual([]);
      expect(await list({ limit: 1 })).toEqual([ids[2]]);
      expect(await list({ after: ids[1] })).toEqual([ids[0]]);
    });
  });

  describe('a step', () => {
    it('shows its latest state, when it was first tried, and how often', async () => {
      const run = await aRun(registry());
      const row = {
        runId: run.id,
        stepId: 'ad-account',
        position: 1,
        task: 'create-account',
        state: 'waiting',
        summary: 'waits',
        gaps: 0,
        claim: null,
        lastAt: noon,
      } as const;
      await registry().stores.steps.record(row);
      await registry().stores.steps.record({ ...row, stepId: 'before', position: 0 });
      await registry().stores.steps.record({ ...row, state: 'done', summary: 'created', gaps: 1, lastAt: noon + 5 });
      const [first, second] = await registry().stores.steps.of(run.id);
      expect(first?.stepId).toBe('before');
      expect(second).toEqual({ ...row, state: 'done', summary: 'created', gaps: 1, attempts: 2, firstAt: noon, lastAt: noon + 5 });
    });
  });
}
