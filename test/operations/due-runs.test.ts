import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recoverRuns, type RunStarter, startRuns, startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { aRun } from '../registry/contract/samples.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';

const minute = 60_000;
let product: PushOnly;
let started: string[];
let broken: Set<string>;
let underWay: Set<string>;
let made: Run[];
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
  [started, broken, underWay, made] = [[], new Set(), new Set(), []];
});
// What a test leaves would take up room in the next one.
afterEach(async () => {
  for (const { personId, epoch } of made) await product.registry.stores.runs.supersede(personId, epoch + 1, product.time.now);
});

async function due(changes: Partial<Run> = {}): Promise<Run> {
  const run = await aRun(product.registry, { dueAt: product.time.now, ...changes });
  made.push(run);
  return run;
}
const step = { stepId: 'create', position: 0, task: 'create-account', summary: 'until the next sync', gaps: 0, claim: null };
async function waits(run: Run): Promise<void> {
  await product.registry.stores.runs.claim(run.id, 1);
  await product.registry.stores.steps.record({ ...step, runId: run.id, state: 'waiting', lastAt: product.time.now });
}
const stateOf = async (run: Run): Promise<string | undefined> => (await product.registry.stores.runs.byId(run.id))?.state;

describe('Runs that are due', () => {
  it('are started, each as an instance named after its attempt; those that are not due yet wait', async () => {
    const [one, other, later] = [await due(), await due(), await due({ dueAt: product.time.now + 1 })];
    expect(await startRuns(product.operations, starter)).toBe(2);
    expect(started.toSorted()).toEqual([`${one.id}.1`, `${other.id}.1`].toSorted());
    expect([await stateOf(one), await stateOf(later)]).toEqual(['starting', 'planned']);
    expect(await startRuns(product.operations, starter)).toBe(0);
  });

  it('are started forty at a time, so that none stands in the way of whoever has to be contained; room that one gives up is taken', async () => {
    for (let number = 0; number < 45; number += 1) await due();
    expect(await startRuns(product.operations, starter)).toBe(40);
    expect(await startRuns(product.operations, starter)).toBe(0);
    const first = made.find(({ id }) => started.includes(`${id}.1`));
    await product.registry.stores.runs.supersede(first?.personId ?? '', (first?.epoch ?? 0) + 1, product.time.now);
    expect(await startRuns(product.operations, starter)).toBe(1);
  });

  it('do not wait for others that only wait themselves, for a sync, say', async () => {
    for (let number = 0; number < 45; number += 1) await due();
    await startRuns(product.operations, starter);
    for (const run of made.filter(({ id }) => started.includes(`${id}.1`)).slice(0, 3)) await waits(run);
    expect(await startRuns(product.operations, starter)).toBe(3);
  });

  it('are started without limit where they shut accounts', async () => {
    for (let number = 0; number < 130; number += 1) await due({ lane: 'contain' });
    expect(await startRuns(product.operations, starter)).toBe(130);
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
    await startRuns(product.operations, starter);
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
