import { matches } from '../domain/conditions/matches.ts';
import type { Run, StepRow, StepStore } from '../ports/registry/runs.ts';
import { waitUntil } from '../workflows/wait-until.ts';
import type { WaitStep } from '../workflows/definition.ts';
import { runWithDefinition } from './claim-run.ts';
import type { OperationDeps } from './deps.ts';
import { leavesOf, type Leaf } from './leaves-of.ts';
import { pausedBy, performTask } from './perform-task.ts';
import { tellStep, tellWork } from './tell-progress.ts';
import type { StepResult } from './weigh-outcomes.ts';
import { subjectOf } from './subject-of.ts';
import type { RunInput } from './start-runs.ts';

/** What the orchestrator is told of a step. Waits of more than a quarter of an hour are not slept through: the run is parked until they are due. */
export type StepAnswer =
  | { readonly is: 'settled'; readonly goOn: boolean }
  | { readonly is: 'again'; readonly afterMs: number }
  | { readonly is: 'park'; readonly dueAt: number; readonly note: string }
  | { readonly is: 'superseded' };

export type StepInput = RunInput & { readonly stepId: string };

const settledStates: ReadonlySet<StepRow['state']> = new Set(['done', 'already', 'skipped']);
const outrunMs = 1000;
const inHandMs = 5000;
const longestWaitMs = 15 * 60_000;
const parkedForMs = 15 * 60_000;
/** The end of a pause wakes who waits for it; what else keeps a run from going on is looked at this often. */
const pausedForMs = 5 * 60_000;
const longestTaskMs = 24 * 60 * 60_000;

/** Performs one step as far as it goes now: looks, plans, takes the changes through the gate, and records how it stands. Called again until it settles. */
export async function performStep(deps: OperationDeps, { runId, attempt, stepId }: StepInput): Promise<StepAnswer> {
  const { run, definition } = await runWithDefinition(deps.registry, runId);
  tellWork(run);
  if (run.state !== 'active' || run.attempt !== attempt) return { is: 'superseded' };
  const leaves = definition.steps.flatMap((step) => leavesOf(step));
  const position = leaves.findIndex(({ step }) => step.id === stepId);
  const leaf = leaves[position];
  if (leaf === undefined) return { is: 'settled', goOn: false };
  const before = (await deps.registry.stores.steps.of(runId)).find((row) => row.stepId === stepId);
  if (before !== undefined && settledStates.has(before.state)) return { is: 'settled', goOn: true };
  const attempts = before?.attempts ?? 0;
  const outcome = notNow(deps, run) ?? (await perform(deps, leaf, { run, attempts }));
  if (outcome.is === 'superseded') return outcome;
  const result = impatient(deps, leaf, outcome, before);
  const answer = answerOf(deps, leaf, result, before);
  const task = 'task' in leaf.step ? leaf.step.task : 'wait';
  const state: StepRow['state'] = answer.is === 'park' && result.state === 'waiting' ? 'parked' : result.state;
  const row = {
    runId,
    stepId,
    position,
    task,
    state,
    summary: result.summary,
    gaps: result.gaps,
    claim: result.claim ?? null,
    lastAt: deps.clock.now(),
  };
  // An activity may be delivered twice: a worker that is late must not write over what another has recorded meanwhile, but look again.
  const againAfterMs = await recordStep(deps, row, { answer, attempts });
  if (againAfterMs !== undefined) return { is: 'again', afterMs: againAfterMs };
  tellStep(deps, run, row);
  return answer;
}

/** Keeps how the step stands. What it answers is that it has to be looked at again, and when: another worker was faster, or another process has begun something for it. */
async function recordStep(
  { registry, gate }: OperationDeps,
  row: Parameters<StepStore['record']>[0],
  { answer, attempts }: { readonly answer: StepAnswer; readonly attempts: number },
): Promise<number | undefined> {
  return registry.transaction(async (stores) => {
    // What another process has begun for the step is waited for, however the rest of it came out.
    const mayBeInHand = gate.handOver !== undefined && answer.is === 'settled';
    if (mayBeInHand && !(await stores.errands.withdraw(row.runId, row.stepId))) return inHandMs;
    return (await stores.steps.record(row, attempts)) ? undefined : outrunMs;
  });
}

type Performing = Parameters<typeof performTask>[2];

async function perform(
  deps: OperationDeps,
  { step, conditions }: Leaf,
  performing: Performing,
): Promise<StepResult | { readonly is: 'superseded' }> {
  // A task reads the person afresh by itself, so most steps need not be told.
  if (conditions.length === 0 && 'task' in step) return performTask(deps, step, performing);
  const subject = await subjectOf(deps.registry, performing.run.personId, deps);
  if (!conditions.every((condition) => matches(condition, subject.worker))) {
    return { is: 'result', state: 'skipped', summary: 'not for this person', gaps: 0 };
  }
  if ('wait' in step) return performWait(deps, step, subject.worker);
  return performTask(deps, step, performing);
}

function performWait(deps: OperationDeps, { wait }: WaitStep, worker: Parameters<typeof waitUntil>[1]): StepResult {
  if (!('until' in wait)) {
    return { is: 'result', state: 'held', summary: 'Waiting for an event or an approval is not possible yet.', gaps: 1 };
  }
  const until = waitUntil(wait.until, worker, deps.rules.zoneOf(worker));
  if (until === undefined) return { is: 'result', state: 'held', summary: `HR gives no ${wait.until.date} to wait for.`, gaps: 1 };
  const leftMs = until - deps.clock.now();
  if (leftMs <= 0) return { is: 'result', state: 'done', summary: `${wait.until.date} has come`, gaps: 0 };
  return { is: 'result', state: 'waiting', summary: `until ${new Date(until).toISOString()}`, gaps: 0, afterMs: leftMs, until };
}

/** Where the run's workflow, or the source that set it off, is not in enforce any more, it waits until that is so again. */
function notNow({ rules }: OperationDeps, { workflow, askedBy }: Run): StepResult | undefined {
  const source = /^source:(.+)$/.exec(askedBy)?.[1];
  const mode = rules.modeOfWorkflow(workflow);
  if (mode !== 'enforce') return pausedBy(`The workflow ${workflow} is in ${mode}: nothing of it is done until it is in enforce.`);
  const told = source === undefined ? 'enforce' : rules.modeOf(source);
  return told === 'enforce'
    ? undefined
    : pausedBy(`The source ${source} is in ${told}: nothing that it set off is done until it is in enforce.`);
}

/** A task that has waited for a day is a failure that somebody has to know of; a wait for a date may last, and so may a pause, and people who have to decide. */
function impatient(deps: OperationDeps, { step }: Leaf, result: StepResult, before: StepRow | undefined): StepResult {
  if (result.state !== 'waiting' || 'wait' in step || waitedMs(deps, before) < longestTaskMs) return result;
  return { is: 'result', state: 'failed', summary: `given up after a day: ${result.summary}`, gaps: 1 };
}

function waitedMs({ clock }: OperationDeps, before: StepRow | undefined): number {
  const isWaiting = before?.state === 'waiting' || before?.state === 'parked';
  return isWaiting ? clock.now() - before.firstAt : 0;
}

function answerOf(deps: OperationDeps, { step }: Leaf, result: StepResult, before: StepRow | undefined): StepAnswer {
  if (result.isPaused === true) return { is: 'park', dueAt: deps.clock.now() + pausedForMs, note: `${step.id}: ${result.summary}` };
  if (result.state !== 'waiting') {
    const hasFailed = result.state === 'failed' || result.state === 'unknown' || result.state === 'held';
    return { is: 'settled', goOn: !hasFailed || ('onFailure' in step && step.onFailure === 'continue') };
  }
  const now = deps.clock.now();
  // Ever more slowly: each look is an entry in a durable history that is replayed as a whole.
  const afterMs = Math.max(result.afterMs ?? 0, Math.min(30_000, 250 * 1.3 ** Math.min(before?.attempts ?? 0, 20)));
  if (afterMs > longestWaitMs) return { is: 'park', dueAt: result.until ?? now + afterMs, note: `${step.id}: ${result.summary}` };
  const isLong = before?.state === 'waiting' && waitedMs(deps, before) > longestWaitMs;
  return isLong ? { is: 'park', dueAt: now + parkedForMs, note: `${step.id}: ${result.summary}` } : { is: 'again', afterMs };
}
