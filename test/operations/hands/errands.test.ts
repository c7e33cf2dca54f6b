import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handingOver } from '../../../shared/gate/hand-over.ts';
import { claimRun } from '../../../shared/operations/claim-run.ts';
import type { OperationDeps } from '../../../shared/operations/deps.ts';
import { performErrand } from '../../../shared/operations/hands/perform-errand.ts';
import { takeResult } from '../../../shared/operations/hands/take-result.ts';
import { cancelRun } from '../../../shared/operations/on-demand/cancel-run.ts';
import { parkRun } from '../../../shared/operations/park-run.ts';
import { performStep, type StepAnswer } from '../../../shared/operations/perform-step.ts';
import type { ErrandMessage, QueueMessage } from '../../../shared/ports/queue.ts';
import type { Run } from '../../../shared/ports/registry/runs.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../../support/product-on-sandbox.ts';

const issue = 'temporaryAccessPass.create';
let product: ProductOnSandbox;
let hands: OperationDeps;
let work: OperationDeps;
let sent: QueueMessage[] = [];
const queue = { send: (messages: readonly QueueMessage[]) => Promise.resolve(void sent.push(...messages)) };

beforeAll(async () => {
  product = await startProductOnSandbox();
  hands = product.operations;
  work = { ...hands, gate: { ...hands.gate, handOver: handingOver({ registry: hands.registry, clock: hands.clock, queue }) } };
}, 120_000);
afterAll(() => product.stop());

/** The last message of a kind, and what was sent so far is forgotten. */
function last(name: QueueMessage['queue']): QueueMessage {
  const found = sent.findLast((message) => message.queue === name);
  if (found === undefined) throw new Error(`Nothing was sent to ${name}.`);
  return found;
}
const asked = (): ErrandMessage => last('privileged-changes').body as ErrandMessage;

/** A hire that has got as far as its pass, which hands is asked for. */
async function hire(workerId: string) {
  sent = [];
  const personId = await product.tell({ workerId });
  const [planned] = await hands.registry.stores.runs.list({ personId, state: 'planned', limit: 1 });
  const run = await hands.registry.transaction((stores) => stores.runs.beginStart(planned?.id ?? '', hands.clock.now()));
  if (run === undefined) throw new Error('There is no run.');
  const input = { runId: run.id, attempt: run.attempt };
  const claim = await claimRun(work, input);
  const steps = claim.is === 'claimed' ? claim.stages.flat() : [];
  for (const stepId of steps.slice(0, steps.indexOf('pass'))) await settled(input, stepId);
  const look = () => performStep(work, { ...input, stepId: 'pass' });
  return { run, input, look, first: await look() };
}

async function settled(input: { readonly runId: string; readonly attempt: number }, stepId: string): Promise<StepAnswer> {
  for (;;) {
    const answer = await performStep(work, { ...input, stepId });
    if (answer.is !== 'again') return answer;
  }
}

const stepOf = async ({ id }: Run) => (await hands.registry.stores.steps.of(id)).find(({ stepId }) => stepId === 'pass');
const intentsOf = async ({ id }: Run) => (await hands.registry.stores.intents.of(id)).filter(({ stepId }) => stepId === 'pass');

describe('A pass that one process plans and another issues', () => {
  it('is asked for by an id alone, waits for hands, and is done once hands says so', async () => {
    const issued = product.count('graph', issue);
    const { run, look, first } = await hire('22101');
    expect(first.is).toBe('again');
    expect(await stepOf(run)).toMatchObject({ state: 'waiting', summary: expect.stringContaining('waits for hands since') });
    expect(await intentsOf(run)).toEqual([]);
    expect(Object.keys(asked())).toEqual(['changeId', 'attempt']);
    expect(sent).toHaveLength(1);
    await look();
    expect(sent).toHaveLength(1);

    await performErrand(hands, queue, asked());
    expect(last('privileged-results').body).toEqual({ runId: run.id });
    expect(await look()).toEqual({ is: 'settled', goOn: true });
    expect(await stepOf(run)).toMatchObject({ state: 'done' });
    expect(product.count('graph', issue) - issued).toBe(1);
  }, 60_000);

  it('is issued once where its message comes again, at once and later', async () => {
    const issued = product.count('graph', issue);
    const { look } = await hire('22102');
    const message = asked();
    await Promise.all([performErrand(hands, queue, message), performErrand(hands, queue, message)]);
    for (let answer = await look(); answer.is !== 'settled'; answer = await look()) await performErrand(hands, queue, asked());
    await performErrand(hands, queue, message);
    expect(product.count('graph', issue) - issued).toBe(1);
  }, 60_000);

  it('comes off where hands was killed before it answered, and where the answer of Graph was lost', async () => {
    const { run, look } = await hire('22103');
    const message = asked();
    // Killed in the middle: begun and never answered.
    await hands.registry.transaction((stores) => stores.errands.begin(message.changeId, message.attempt, hands.clock.now()));
    product.fault('graph', issue);
    await performErrand(hands, queue, message);
    for (let answer = await look(); answer.is !== 'settled'; answer = await look()) await performErrand(hands, queue, asked());
    expect(await stepOf(run)).toMatchObject({ state: 'done' });
    expect(await intentsOf(run)).toMatchObject([{ state: 'closed', outcome: { is: 'done' } }]);
  }, 60_000);

  it('wakes its run when it comes after the run was put away, and when it came just before', async () => {
    const after = await hire('22104');
    const message = asked();
    await parkRun(work, { ...after.input, dueAt: hands.clock.now() + 900_000, note: 'waits for hands' });
    await performErrand(hands, queue, message);
    const started: string[] = [];
    const starter = {
      start: (id: string) => Promise.resolve((started.push(id), 'started' as const)),
      isUnderWay: () => Promise.resolve(false),
    };
    await takeResult(work, starter, after.run.id);
    await takeResult(work, starter, after.run.id);
    expect(started).toEqual([`${after.run.id}.2`]);

    const before = await hire('22105');
    await performErrand(hands, queue, asked());
    await parkRun(work, { ...before.input, dueAt: hands.clock.now() + 900_000, note: 'waits for hands' });
    expect((await hands.registry.stores.runs.byId(before.run.id))?.dueAt).toBeLessThanOrEqual(hands.clock.now());
  }, 60_000);

  it('is not issued any more once its run was cancelled', async () => {
    const issued = product.count('graph', issue);
    const { run } = await hire('22106');
    await cancelRun(hands, { runId: run.id, actor: 'token:test', reason: 'a mistake' });
    await performErrand(hands, queue, asked());
    expect(product.count('graph', issue)).toBe(issued);
    expect(await intentsOf(run)).toEqual([]);
  }, 60_000);

  it('is not issued any more once its step was settled otherwise, and a step is not settled while hands has begun', async () => {
    const { run } = await hire('22107');
    const { changeId, attempt } = asked();
    const { registry, clock } = hands;
    await registry.transaction((stores) => stores.errands.begin(changeId, attempt, clock.now()));
    expect(await registry.transaction((stores) => stores.errands.withdraw(run.id, 'pass'))).toBe(false);
    const other = await hire('22108');
    const message = asked();
    expect(await registry.transaction((stores) => stores.errands.withdraw(other.run.id, 'pass'))).toBe(true);
    await performErrand(hands, queue, message);
    expect(await intentsOf(other.run)).toEqual([]);
  }, 60_000);

  it('is all that hands does: another change is refused, whoever wrote it down', async () => {
    const { run } = await hire('22109');
    const { registry, clock } = hands;
    const [link] = await registry.stores.links.of(run.personId);
    const aim = { target: link?.target ?? '', person: run.personId, object: { id: link?.nativeId ?? '' }, effect: 'enable' } as const;
    const cause = { reference: 'test', message: 'test' };
    const change = {
      ...aim,
      cause,
      kind: 'account',
      as: 'reach',
      do: 'update',
      before: { enabled: false },
      after: { enabled: true },
    } as const;
    const errand = { changeId: 'made-up', runId: run.id, stepId: 'pass', position: 0, change };
    const ask = () => registry.transaction((stores) => stores.errands.ask(errand, clock.now()));
    await ask();
    await performErrand(hands, queue, { changeId: 'made-up', attempt: 1 });
    expect(await ask()).toMatchObject({ is: 'answered', answer: { is: 'error', code: 'forbidden' } });
    expect(await registry.stores.intents.byId('made-up')).toBeUndefined();
  }, 60_000);
});
