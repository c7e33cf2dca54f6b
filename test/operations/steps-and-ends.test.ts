import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worker } from '../../shared/domain/worker.ts';
import { claimRun } from '../../shared/operations/claim-run.ts';
import { endRun } from '../../shared/operations/end-run.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { parkRun } from '../../shared/operations/park-run.ts';
import { performStep } from '../../shared/operations/perform-step.ts';
import { runView } from '../../shared/operations/run-view.ts';
import type { StepRow } from '../../shared/ports/registry/runs.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';
import { anEvent } from './sample-event.ts';

type Begun = { readonly runId: string; readonly attempt: number; readonly personId: string; readonly steps: readonly string[] };

let product: PushOnly;
let lastWorker = 60_000;
beforeAll(async () => {
  product = await pushOnlyProduct();
}, 120_000);
afterAll(() => product.close());

/** A contractor's joining, begun. */
async function begin(worker: Partial<Worker> = {}): Promise<Begun> {
  lastWorker += 1;
  const { events } = await product.deliver(anEvent({ workerId: String(lastWorker), workerType: 'contractor', ...worker }));
  const { personId } = await foldEvent(product.operations, events[0]?.inboxId ?? '');
  const [run] = await product.registry.stores.runs.list({ personId: personId ?? '', limit: 1 });
  const runId = run?.id ?? '';
  const started = await product.registry.transaction((stores) =>
    stores.runs.beginStart(runId, Math.max(product.time.now, run?.dueAt ?? 0)),
  );
  const attempt = started?.attempt ?? 0;
  const claim = await claimRun(product.operations, { runId, attempt });
  return { runId, attempt, personId: personId ?? '', steps: claim.is === 'claimed' ? claim.stages.flat() : [] };
}

async function settle(run: Begun, states: Readonly<Record<string, StepRow['state']>>, gaps = 0): Promise<void> {
  for (const [position, stepId] of run.steps.entries()) {
    const state = states[stepId] ?? 'done';
    await product.registry.stores.steps.record({
      runId: run.runId,
      stepId,
      position,
      task: 'x',
      state,
      summary: `${stepId} is ${state}`,
      gaps,
      claim: null,
      lastAt: product.time.now,
    });
  }
}

const stateOf = async (run: Begun) => product.registry.stores.runs.byId(run.runId);

describe('A run', () => {
  it('is claimed with its stages, those that may go side by side together', async () => {
    const run = await begin();
    const claim = await claimRun(product.operations, run);
    expect(claim).toMatchObject({ is: 'claimed' });
    expect(claim.is === 'claimed' && claim.stages.slice(0, 3)).toEqual([
      ['entra-account'],
      ['oci-account'],
      ['entra-groups', 'sponsor', 'licences', 'oci-groups', 'tell-hr'],
    ]);
    expect(await claimRun(product.operations, { ...run, attempt: 2 })).toEqual({ is: 'ended' });
  });

  it.each([
    ['done', {}, 0],
    ['done', { 'entra-account': 'already', licences: 'skipped' }, 0],
    ['done-with-gaps', {}, 1],
    ['done-with-gaps', { licences: 'failed' }, 0],
    ['done-with-gaps', { 'welcome-to-manager': 'unknown' }, 0],
    ['done-with-gaps', { 'enable-entra': 'refused' }, 0],
    ['failed', { 'entra-account': 'failed' }, 0],
    ['failed', { 'entra-account': 'failed', pass: 'unknown' }, 0],
    ['unknown', { pass: 'unknown' }, 0],
    ['held', { 'oci-account': 'held' }, 0],
    ['held', { 'oci-account': 'held', 'entra-account': 'failed' }, 0],
  ] as const)('ends as %s when its steps say %o and leave %i gaps each', async (state, states, gaps) => {
    const run = await begin();
    await settle(run, states, gaps);
    expect(await endRun(product.operations, run)).toBe(state);
    expect(await stateOf(run)).toMatchObject({ state, endedAt: product.time.now });
    const troubles = Object.entries(states).filter(([, is]) => is === 'failed' || is === 'held' || is === 'unknown');
    for (const [stepId] of troubles) expect((await stateOf(run))?.note).toContain(stepId);
  });

  it('ends once, and not at all when something newer has taken over', async () => {
    const [twice, old] = [await begin(), await begin()];
    await settle(twice, {});
    expect([await endRun(product.operations, twice), await endRun(product.operations, twice)]).toEqual(['done', 'superseded']);
    await settle(old, {});
    await product.registry.transaction((stores) => stores.people.raiseEpoch(old.personId));
    expect(await endRun(product.operations, old)).toBe('superseded');
    expect((await stateOf(old))?.state).toBe('active');
  });

  it('that made a manager known plans for all who report to them, whether their account is there yet or not', async () => {
    const report = await begin({ managerId: '77001' });
    await product.registry.stores.links.record({
      target: 'entra:contoso',
      nativeId: report.personId,
      personId: report.personId,
      kind: 'primary',
      how: 'created',
      anchor: null,
      since: 0,
    });
    const withoutAccount = await begin({ managerId: '77001' });
    const manager = await begin({ workerId: '77001' });
    await settle(manager, {});
    await endRun(product.operations, manager);
    const planned = async (personId: string) =>
      (await product.registry.stores.runs.list({ personId, workflow: 'link-manager', limit: 5 })).map(({ cause }) => cause);
    expect(await planned(report.personId)).toEqual(['manager:77001']);
    expect(await planned(withoutAccount.personId)).toEqual(['manager:77001']);
  });

  it('shows every step of its definition, those still to come too', async () => {
    const run = await begin();
    await product.registry.stores.steps.record({
      runId: run.runId,
      stepId: 'entra-account',
      position: 0,
      task: 'create-account',
      state: 'waiting',
      summary: 'waits',
      gaps: 0,
      claim: null,
      lastAt: product.time.now,
    });
    const view = await runView(product.registry, run.runId);
    expect(view.steps.map(({ stepId, state }) => `${stepId} ${state}`).slice(0, 2)).toEqual([
      'entra-account waiting',
      'oci-account to-come',
    ]);
    expect(view.steps).toHaveLength(run.steps.length);
    await expect(runView(product.registry, 'unknown')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('The step that waits for the first day', () => {
  const step = (run: Begun, stepId = 'first-day') => performStep(product.operations, { ...run, stepId });

  it("parks a run until midnight of the person's own zone, and is over when it has come", async () => {
    const run = await begin({ hireDate: '2026-12-01', timeZone: 'Asia/Tokyo' });
    const dueAt = Date.parse('2026-11-30T15:00:00Z');
    expect(await step(run)).toMatchObject({ is: 'park', dueAt });
    await parkRun(product.operations, { ...run, dueAt, note: 'first-day' });
    expect(await stateOf(run)).toMatchObject({ state: 'planned', dueAt });
    expect(await step(run)).toEqual({ is: 'superseded' });
    const before = product.time.now;
    product.time.now = dueAt;
    const again = await product.registry.transaction((stores) => stores.runs.beginStart(run.runId, dueAt));
    await claimRun(product.operations, { runId: run.runId, attempt: again?.attempt ?? 0 });
    expect(await step({ ...run, attempt: again?.attempt ?? 0 })).toEqual({ is: 'settled', goOn: true });
    product.time.now = before;
  });

  it('does not put a run away for less than a quarter of an hour', async () => {
    const run = await begin({ hireDate: '2026-12-01', timeZone: 'Europe/Lisbon' });
    const before = product.time.now;
    product.time.now = Date.parse('2026-11-30T23:50:00Z');
    expect(await step(run)).toEqual({ is: 'again', afterMs: 10 * 60_000 });
    product.time.now = before;
  });

  it('is over at once for a day that is past', async () => {
    const run = await begin({ hireDate: '2020-02-29' });
    expect(await step(run)).toEqual({ is: 'settled', goOn: true });
    const first = (await product.registry.stores.steps.of(run.runId))[0];
    expect(await step(run)).toEqual({ is: 'settled', goOn: true });
    expect((await product.registry.stores.steps.of(run.runId))[0]).toEqual(first);
  });

  it('does nothing for an attempt that is not the active one, nor for a step that there is not', async () => {
    const run = await begin({ hireDate: '2020-02-29' });
    expect(await step({ ...run, attempt: 2 })).toEqual({ is: 'superseded' });
    expect(await step(run, 'no-such-step')).toEqual({ is: 'settled', goOn: false });
    expect(await product.registry.stores.steps.of(run.runId)).toEqual([]);
  });

  it('is a failure in words, not a crash, when a target that a step needs is not there', async () => {
    const run = await begin({ hireDate: '2020-02-29' });
    expect(await step(run, 'entra-account')).toEqual({ is: 'settled', goOn: false });
    const [row] = await product.registry.stores.steps.of(run.runId);
    expect(row).toMatchObject({ state: 'failed', summary: expect.stringContaining('entra:contoso'), gaps: 1 });
  });
});
