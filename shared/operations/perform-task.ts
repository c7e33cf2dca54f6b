import type { Change, Outcome, Plan } from '../domain/change.ts';
import { type ErrorCode, GatehouseError, errorTable } from '../errors.ts';
import { adopt } from '../gate/adopt.ts';
import { applyChange } from '../gate/apply-change.ts';
import type { GateRequest } from '../gate/gate-deps.ts';
import type { Passage } from '../gate/passage.ts';
import { setAside } from '../gate/set-aside.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Run } from '../ports/registry/runs.ts';
import type { TaskStep } from '../workflows/definition.ts';
import type { OperationDeps } from './deps.ts';
import { claimAfter, taskOf } from './claim-after.ts';
import { raiseHold } from './holds/raise-hold.ts';
import { boundToPlan } from './on-demand/bound-to-plan.ts';
import { requestOf } from './request-of.ts';
import { sightOf } from './sight-of.ts';
import { type StepResult, weigh } from './weigh-outcomes.ts';
import { subjectOf } from './subject-of.ts';
import { tellTroubles } from './tell-progress.ts';

export type Performing = { readonly run: Run; readonly attempts: number };
type Superseded = { readonly is: 'superseded' };
/** Accounts that were adopted in earlier rounds of the same step, and what is refused as it was not shown. */
type Found = { readonly found: readonly Outcome[]; readonly notes: readonly string[] };

const stepTimeoutMs = 45_000;
const mostRounds = 4;
const giveUpAfterAttempts = 200;
const looksForWhatWent = 2;

/**
 * Performs a task step once: first what an earlier attempt committed to and did not see through, then what the task plans from what it sees now. Findings
 * are adopted and the task plans again. Nothing is thrown for what a target answers: it becomes the step's result.
 */
export async function performTask(deps: OperationDeps, step: TaskStep, performing: Performing): Promise<StepResult | Superseded> {
  const signal = AbortSignal.timeout(stepTimeoutMs);
  const { run } = performing;
  const request = requestOf(run, step.id, signal);
  try {
    const resumed = await resumeOpen(deps, request, performing.attempts);
    if (resumed !== undefined) return resumed;
    const result = await planAndApply(deps, step, request, performing);
    return result.is === 'superseded' || result.state === 'waiting' ? result : await claimAfter(deps, { step, run }, result, signal);
  } catch (error) {
    return fromError(deps, error, performing.attempts);
  }
}

/** Sees through what was committed to before a crash or a lost answer. Undefined when nothing is left open. */
async function resumeOpen(deps: OperationDeps, request: GateRequest, attempts: number): Promise<StepResult | Superseded | undefined> {
  const open = (await deps.registry.stores.intents.of(request.runId)).filter(
    (row) => row.stepId === request.stepId && row.state === 'open',
  );
  const passages: Passage[] = [];
  for (const row of open) passages.push(await resume(deps, row, request, attempts));
  if (passages.some((passage) => passage.is === 'superseded')) return { is: 'superseded' };
  const waiting = outcomes(passages).filter((outcome) => outcome.is === 'waiting');
  return waiting.length === 0 ? undefined : weigh(deps, { outcomes: waiting });
}

/** An account that does not come back to sight has gone: what was under way to it is set aside, and the task plans from what there is. */
async function resume(deps: OperationDeps, row: IntentRow, request: GateRequest, attempts: number): Promise<Passage> {
  const asked = { change: row.change, position: row.position, request };
  try {
    return await applyChange(deps.gate, asked);
  } catch (error) {
    const passage = attempts < looksForWhatWent ? undefined : await setAside(deps.gate, asked, row, error);
    if (passage === undefined) throw error;
    return passage;
  }
}

async function planAndApply(
  deps: OperationDeps,
  step: TaskStep,
  request: GateRequest,
  performing: Performing,
): Promise<StepResult | Superseded> {
  const found: Outcome[] = [];
  const notes: string[] = [];
  for (let round = 1; round <= mostRounds; round += 1) {
    const {
      plan,
      refused,
      notes: moved,
    } = await boundToPlan(deps, await planOnce(deps, step, request, performing.run), { step, run: performing.run });
    if (plan.findings.length === 0)
      return settlePlan(deps, plan, request, { ...performing, found: [...found, ...refused], notes: [...notes, ...moved] });
    for (const finding of plan.findings) {
      const passage = await adopt(deps.gate, finding, request);
      if (passage.is === 'superseded') return passage;
      if (passage.outcome.is === 'held') return holdStep(deps, passage.outcome.reason, request);
      found.push(passage.outcome);
      notes.push(`${findingWords[finding.how]}: ${finding.cause.message}`);
    }
  }
  throw new GatehouseError('internal', 'The task went on finding accounts that it had found already.');
}

const findingWords = { adopted: 'existing account adopted', synced: 'synced account joined', gone: 'account gone' } as const;

async function planOnce(deps: OperationDeps, step: TaskStep, request: GateRequest, run: Run): Promise<Plan> {
  const subject = await subjectOf(deps.registry, request.personId, deps);
  return taskOf(deps, step).plan(step.with ?? {}, subject, sightOf(deps, subject, request.signal, run));
}

async function settlePlan(
  deps: OperationDeps,
  plan: Plan,
  request: GateRequest,
  { attempts, found, notes }: Performing & Found,
): Promise<StepResult | Superseded> {
  if (plan.held !== undefined) return holdStep(deps, plan.held, request);
  const passages = await applyInOrder(deps, plan, request);
  if (passages.some((passage) => passage.is === 'superseded')) return { is: 'superseded' };
  tellTroubles(deps, plan.changes, passages);
  const results = outcomes(passages);
  const held = results.find((outcome) => outcome.is === 'held');
  if (held?.reason.code === 'paused') return pausedBy(held.reason.message);
  if (held !== undefined) return holdStep(deps, held.reason, request);
  if (plan.waiting !== undefined) results.push(waitingFor(deps, plan.waiting, attempts));
  const rows = (await deps.registry.stores.intents.of(request.runId)).filter((row) => row.stepId === request.stepId);
  const earlier = rows.flatMap(({ outcome }) => (outcome?.is === 'done' || outcome?.is === 'already' ? [outcome] : []));
  return weigh(deps, { outcomes: [...found, ...earlier, ...results], skips: plan.skips, rows, notes });
}

/**
 * What follows an update of the account may need it, as a licence needs the usage location: while that waits, the rest is left for the next round. What takes access away waits
 * for nothing. Groups that somebody joins are joined side by side, for each may wait for others who join it too.
 */
async function applyInOrder(deps: OperationDeps, plan: Plan, request: GateRequest): Promise<readonly Passage[]> {
  const passages: Passage[] = [];
  for (let position = 0; position < plan.changes.length;) {
    const together = sideBySide(plan.changes.slice(position));
    const from = position;
    const settled = await Promise.allSettled(
      together.map((change, index) => applyChange(deps.gate, { change, position: from + index, request })),
    );
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    passages.push(...settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    const [change] = together;
    const last = passages.at(-1);
    const isWaiting = last?.is === 'outcome' && last.outcome.is === 'waiting';
    if (isWaiting && change?.do === 'update' && change.effect !== 'contain') break;
    position += together.length;
  }
  return passages;
}

/** The first of the changes, and where it joins a group those after it that do so too. */
function sideBySide(rest: readonly Change[]): readonly Change[] {
  const other = rest.findIndex((change) => change.do !== 'link' || change.relation !== 'member');
  return rest.slice(0, Math.max(1, other < 0 ? rest.length : other));
}

function waitingFor(deps: OperationDeps, waiting: NonNullable<Plan['waiting']>, attempts: number): Outcome {
  const afterMs = Math.min(30_000, waiting.lookAgainInMs * 1.3 ** Math.min(attempts, 20));
  return { is: 'waiting', lookAgainAt: new Date(deps.clock.now() + afterMs).toISOString(), reason: waiting.reason };
}

/** Nobody has to decide about the run: it goes on by itself when the pause is over. */
export function pausedBy(summary: string): StepResult {
  return { is: 'result', state: 'held', summary, gaps: 0, isPaused: true };
}

async function holdStep(
  deps: OperationDeps,
  reason: { readonly code: string; readonly message: string },
  request: GateRequest,
): Promise<StepResult> {
  const question = { kind: 'run', reference: request.runId, personId: request.personId, ...reason } as const;
  await deps.registry.transaction((stores) => raiseHold(deps, stores, question));
  return { is: 'result', state: 'held', summary: reason.message, gaps: 1 };
}

function outcomes(passages: readonly Passage[]): Outcome[] {
  return passages.flatMap((passage) => (passage.is === 'outcome' ? [passage.outcome] : []));
}

/** What may pass by itself is tried again, ever more slowly; the rest is a failure in words. */
function fromError(deps: OperationDeps, error: unknown, attempts: number): StepResult {
  const known = error instanceof GatehouseError ? error : undefined;
  const code = known?.code ?? 'internal';
  if (known?.code === 'store-unavailable') throw error;
  if (known === undefined) deps.log.error('A step failed in a way that nobody foresaw.', { error });
  else deps.log.warn('A step met a problem.', { error });
  const message = known?.message ?? 'Something went wrong inside Gatehouse; the log has it.';
  if (isFinal(code, attempts)) return { is: 'result', state: 'failed', summary: message, gaps: 1 };
  const afterMs = known?.retryAfterMs ?? Math.min(60_000, 1000 * 1.6 ** Math.min(attempts, 10));
  return { is: 'result', state: 'waiting', summary: message, gaps: 0, afterMs };
}

/** What went while it was looked at is looked for again: a sync may have deleted it, or it has not got about yet. */
function isFinal(code: ErrorCode, attempts: number): boolean {
  if (code === 'target-not-found') return attempts >= looksForWhatWent;
  return errorTable[code].retry === 'never' || attempts >= giveUpAfterAttempts;
}
