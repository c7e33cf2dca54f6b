import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recoverRuns, type RunStarter, startRuns, startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { aRun } from '../registry/contract/samples.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';

const minute = 60_000;
let product: PushOnly;
let started: string[];
let broken: Set<string>;
let underWay: Set<string>;
const starter: RunStarter = {
  start: (instanceId) => {
    started.push(instanceId);
    return broken.has(instanceId) ? Promise.reject(new Error('the durable store is away')) : Promise.resolve('started');
  },
  isUnderWay: (instanceId) => Promise.resolve(underWay.has(instanceId)),
};

beforeAll(async () => {
  product = await pushOnlyProduct();
}, 120_000);
afterAll(() => product.close());
beforeEach(() => {
  [started, broken, underWay] = [[], new Set(), new Set()];
  // Whatever an earlier test left is far in the past.
  product.time.now += 24 * 60 * minute;
});

const due = (changes: Partial<Run> = {}): Promise<Run> => aRun(product.registry, { dueAt: product.time.now, ...changes });
const stateOf = async (run: Run): Promise<string | undefined> => (await product.registry.stores.runs.byId(run.id))?.state;

describe('Runs that are due', () => {
  it('are started, each as an instance named after its attempt; those that are not due yet wait', async () => {
    const [one, other, later] = [await due(), await due(), await due({ dueAt: product.time.now + 1 })];
    expect(await startRuns(product.operations, starter)).toBe(2);
    expect(started.toSorted()).toEqual([`${one.id}.1`, `${other.id}.1`].toSorted());
    expect([await stateOf(one), await stateOf(later)]).toEqual(['starting', 'planned']);
    expect(await startRuns(product.operations, starter)).toBe(0);
  });

  it('are all started in one go, however many they are', async () => {
    for (let number = 0; number < 230; number += 1) await due();
    expect(await startRuns(product.operations, starter)).toBeGreaterThanOrEqual(230);
  });

  it('whose start failed are started again after a quarter of a minute, under the same name', async () => {
    const run = await due();
    broken.add(`${run.id}.1`);
    await startRuns(product.operations, starter);
    broken.clear();
    product.time.now += minute / 4;
    await startRuns(product.operations, starter);
    expect(started.filter((id) => id.startsWith(run.id))).toHaveLength(1);
    product.time.now += 1;
    // There may be many that are stuck: the longest first, a hundred at a time, and each comes up.
    for (let turn = 0; turn < 4; turn += 1) await startRuns(product.operations, starter);
    expect(started.filter((id) => id.startsWith(run.id))).toEqual([`${run.id}.1`, `${run.id}.1`]);
  });

  it('do not wait for one that cannot be started, not even when it is tried again', async () => {
    const [bad, good] = [await due({ dueAt: product.time.now - 1 }), await due()];
    broken.add(`${bad.id}.1`);
    await startRuns(product.operations, starter);
    expect(started).toContain(`${good.id}.1`);
    product.time.now += 2 * minute;
    const next = await due();
    await startRuns(product.operations, starter);
    expect(started).toContain(`${next.id}.1`);
  });

  it('of one person can be started alone', async () => {
    const [mine, other] = [await due(), await due()];
    await startRunsOf(product.operations, starter, mine.personId);
    expect(started).toEqual([`${mine.id}.1`]);
    expect(await stateOf(other)).toBe('planned');
  });
});

describe('A run that nobody works on', () => {
  const quiet = async (): Promise<Run> => {
    const run = await due();
    await startRuns(product.operations, starter);
    await product.registry.stores.runs.claim(run.id, 1);
    product.time.now += 30 * minute + 1;
    return run;
  };

  it('is started again as the next attempt when its instance is gone', async () => {
    const run = await quiet();
    expect(await recoverRuns(product.operations, starter)).toBeGreaterThanOrEqual(1);
    await startRuns(product.operations, starter);
    expect(started).toContain(`${run.id}.2`);
    expect(await product.registry.stores.runs.claim(run.id, 1)).toBe(false);
  });

  it('is left alone while its instance goes on', async () => {
    const run = await quiet();
    underWay.add(`${run.id}.1`);
    await recoverRuns(product.operations, starter);
    expect(await stateOf(run)).toBe('active');
  });
});
