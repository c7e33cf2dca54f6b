import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolve } from 'node:path';
import { brakeLimit } from '../../../shared/config/brakes.ts';
import type { LoadedWorkflow } from '../../../shared/config/config.ts';
import { loadConfig } from '../../../shared/config/load-config.ts';
import type { Worker } from '../../../shared/domain/worker.ts';
import { cancelHold, resumeHold } from '../../../shared/operations/holds/decide-hold.ts';
import { claimRun } from '../../../shared/operations/claim-run.ts';
import { foldEvent } from '../../../shared/operations/fold-event.ts';
import { takeBaseline } from '../../../shared/operations/take-baseline.ts';
import { catalog } from '../../../shared/tasks/catalog.ts';
import { sized } from '../../support/full-size.ts';
import { lifecycleWorkflows } from '../lifecycle-workflows.ts';
import { type PushOnly, pushOnlyProduct } from '../push-only.ts';
import { anEvent, zoe } from '../sample-event.ts';

const people = 700;
const pushes = sized(150, 500);
const yesterday = '2026-11-20';
const dayMs = 24 * 60 * 60_000;
const employed = (workerId: string): Worker => ({ ...zoe, workerId, hireDate: '2020-01-01', managerId: null });
const ids = Array.from({ length: people }, (_, index) => String(30_001 + index));

// One company for all. Five per cent of 700 people are 35.
let product: PushOnly;
let minute = 0;
beforeAll(async () => {
  const { brakes } = loadConfig(resolve(import.meta.dirname, '../../../config'), catalog);
  const [one] = lifecycleWorkflows;
  if (one === undefined) throw new Error('there are no workflows');
  const mail: LoadedWorkflow = {
    definition: { ...one.definition, id: 'tell-operators', trigger: { event: 'held' } },
    hash: 'hash of telling',
  };
  const bare = await pushOnlyProduct([...lifecycleWorkflows, mail]);
  const policy = {
    ...bare.operations.gate.policy,
    brake: (effect: keyof typeof brakes, population: number) => brakeLimit(brakes, effect, population),
  };
  product = { ...bare, operations: { ...bare.operations, gate: { ...bare.operations.gate, policy } } };
  const source = {
    worker: () => Promise.resolve(undefined),
    async *all() {
      for (const workerId of ids) yield { worker: employed(workerId), revision: 1, updatedAt: null };
    },
  };
  await takeBaseline({ ...product.operations, sources: new Map([['generic', source]]) }, 'generic');
  await stores().switches.keepPopulation(yesterday, 'people', people);
  await stores().switches.keepPopulation(yesterday, 'source:generic', people);
}, 120_000);
afterAll(() => product.close());

const stores = () => product.registry.stores;
const told = (workerId: string, worker: Partial<Worker>) => {
  minute += 1;
  const occurredAt = new Date(product.time.now - dayMs + minute * 1000).toISOString();
  return anEvent({ ...employed(workerId), ...worker }, { occurredAt });
};
const left = { status: 'terminated', lastDay: '2026-11-19' } as const;
async function push(...events: readonly ReturnType<typeof told>[]): Promise<void> {
  const { events: taken } = await product.deliver(events.length === 1 ? events[0] : { events });
  for (const { inboxId } of taken) await foldEvent(product.operations, inboxId ?? '');
}
const personOf = async (workerId: string) => (await stores().people.ownerOf('generic', workerId)) ?? '';
/** How the runs of these that shut accounts stand, counted. */
async function shutting(workerIds: readonly string[], workflow = 'contain'): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const workerId of workerIds) {
    const [run] = await stores().runs.list({ personId: await personOf(workerId), workflow, limit: 1 });
    const state = run?.state ?? 'none';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}
const workerOf = async (personId: string) => (await stores().people.engagements(personId))[0]?.workerId ?? '';
const held = async (kind: string) => (await stores().holds.open(1000)).filter((hold) => hold.kind === kind);
const mails = async () => (await stores().runs.list({ workflow: 'tell-operators', limit: 500 })).length;
const reason = 'looked at';
const decision = { actor: 'token:operator', oid: undefined, reason };

describe('The brakes at admission', () => {
  it(`let exactly as many of ${pushes} single pushes through as the limit says, hold each of the others, and tell the operators once`, async () => {
    const pushed = ids.slice(0, pushes);
    for (const workerId of pushed) await push(told(workerId, left));
    expect(await shutting(pushed)).toEqual({ planned: 35, held: pushes - 35 });
    expect(await shutting(pushed.slice(0, 35))).toEqual({ planned: 35 });
    expect((await held('run')).length).toBe(pushes - 35);
    expect(await mails()).toBe(1);
  }, 120_000);

  it('are not let go of by a correction, nor by telling it again', async () => {
    const last = ids[pushes - 1] ?? '';
    await push(told(last, { ...left, jobTitle: 'Corrected' }));
    await push(told(last, left));
    expect(await shutting([last])).toEqual({ held: 1 });
    expect((await held('run')).filter(({ personId }) => personId !== null).length).toBe(pushes - 35);
  });

  it('let one of them go when somebody resumes it with a reason, and end another when somebody cancels it; without a reason neither', async () => {
    const [one, other] = (await held('run')).slice(-2).map(({ id, personId }) => ({ holdId: id, personId: personId ?? '' }));
    if (one === undefined || other === undefined) throw new Error('nothing is held');
    const [oneId, otherId] = [await workerOf(one.personId), await workerOf(other.personId)];
    const { operations } = product;
    await expect(resumeHold(operations, { ...decision, reason: ' ', holdId: one.holdId })).rejects.toMatchObject({ code: 'input-invalid' });
    await expect(cancelHold(operations, { ...decision, reason: '', holdId: one.holdId })).rejects.toMatchObject({ code: 'input-invalid' });
    expect(await shutting([oneId])).toEqual({ held: 1 });
    expect(await resumeHold(operations, { ...decision, holdId: one.holdId })).toMatchObject({ is: 'resumed' });
    expect(await cancelHold(operations, { ...decision, holdId: other.holdId })).toMatchObject({ is: 'cancelled' });
    expect([await shutting([oneId]), await shutting([otherId])]).toEqual([{ planned: 1 }, { cancelled: 1 }]);
    await expect(resumeHold(operations, { ...decision, holdId: one.holdId })).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('measure a batch against yesterday’s people of its source, not against those it has just made of it', async () => {
    product.time.now += dayMs + 1;
    // Few are left of 700: five per cent of today's would be less than 35.
    await stores().switches.keepPopulation('2026-11-22', 'source:generic', people - pushes + 5);
    const batch = ids.slice(500, 535).map((workerId) => told(workerId, left));
    await stores().switches.keepPopulation('2026-11-21', 'source:generic', people);
    await push(...batch);
    expect(await shutting(ids.slice(500, 535))).toEqual({ planned: 35 });
    await push(...ids.slice(535, 537).map((workerId) => told(workerId, left)));
    expect(await shutting(ids.slice(535, 537))).toEqual({ held: 2 });
    const [hold] = await held('batch');
    expect(hold?.message).toContain('2 of its 700 people after 35 within 24 h; the brake is at 35');
  });

  it('hold a batch as a whole, of which one person can be resumed; the others stay, until they are cancelled', async () => {
    const [one = '', other = ''] = ids.slice(535, 537);
    const [hold] = await held('batch');
    const holdId = hold?.id ?? '';
    expect(await mails()).toBe(2);
    await resumeHold(product.operations, { ...decision, holdId, personId: await personOf(one) });
    expect([await shutting([one]), await shutting([other])]).toEqual([{ planned: 1 }, { held: 1 }]);
    expect((await held('batch')).length).toBe(1);
    await cancelHold(product.operations, { ...decision, holdId });
    expect([await shutting([one]), await shutting([other])]).toEqual([{ planned: 1 }, { cancelled: 1 }]);
    expect((await held('batch')).length).toBe(0);
    const audited = (await stores().audit.list({ after: 0, limit: 5000 })).filter(({ action }) => action.startsWith('hold.')).slice(-2);
    expect(audited.map(({ action, actor, detail }) => [action, actor, detail['reason'] !== undefined])).toEqual([
      ['hold.resumed', 'token:operator', true],
      ['hold.cancelled', 'token:operator', true],
    ]);
  });

  it('count what was resumed, so that what comes after it finds as much spent', async () => {
    product.time.now += dayMs + 1;
    const batch = ids.slice(540, 580);
    await push(...batch.map((workerId) => told(workerId, left)));
    const [hold] = await held('batch');
    await resumeHold(product.operations, { ...decision, holdId: hold?.id ?? '' });
    expect(await shutting(batch)).toEqual({ planned: 40 });
    await push(told(ids[580] ?? '', left));
    expect(await shutting([ids[580] ?? ''])).toEqual({ held: 1 });
  });

  it('hold people who are to come back in numbers, and HR’s lock with them', async () => {
    product.time.now += dayMs + 1;
    await stores().switches.keepPopulation('2026-11-23', 'source:generic', people);
    const back = ids.slice(0, 35);
    const more = ids[500] ?? '';
    for (const workerId of [...back, more]) {
      const personId = await personOf(workerId);
      const [run] = await stores().runs.list({ personId, workflow: 'contain', limit: 1 });
      const begun = await product.registry.transaction((inside) => inside.runs.beginStart(run?.id ?? '', product.time.now));
      expect((await claimRun(product.operations, { runId: begun?.id ?? '', attempt: 1 })).is).toBe('claimed');
    }
    const returning = (workerId: string) => told(workerId, { status: 'active', lastDay: null });
    const locks = async (workerId: string) => (await stores().locks.of(await personOf(workerId))).map(({ owner }) => owner);
    expect(await locks(back[0] ?? '')).toEqual(['hr']);
    await push(...back.map(returning));
    expect(await shutting(back, 'restore')).toEqual({ planned: 35 });
    expect(await locks(back[0] ?? '')).toEqual([]);
    await push(returning(more));
    expect(await shutting([more], 'restore')).toEqual({ held: 1 });
    expect(await locks(more)).toEqual(['hr']);
    await push(told(more, { status: 'active', lastDay: null, jobTitle: 'Corrected' }));
    expect([await shutting([more], 'restore'), await locks(more)]).toEqual([{ held: 1 }, ['hr']]);
    const question = (await held('run')).find(({ message }) => message.includes('reenable'));
    await resumeHold(product.operations, { ...decision, holdId: question?.id ?? '' });
    expect([await shutting([more], 'restore'), await locks(more)]).toEqual([{ planned: 1 }, []]);
  });
});
