import type { Change } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import { applyChange } from '../../gate/apply-change.ts';
import { changeId } from '../../gate/change-id.ts';
import { isPrivileged } from '../../gate/is-privileged.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Errand, ErrandAnswer } from '../../ports/registry/errands.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run, StepRow } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { requestOf } from '../request-of.ts';

/** One attempt at an errand, as its message names it. */
export type ErrandAttempt = { readonly changeId: string; readonly attempt: number };

const timeoutMs = 45_000;
const resultPatienceMs = 1000;

/**
 * Carries out what is asked for under this process's own identity: through its gate, with all that the gate heeds, and answers in the registry. An attempt that was cut off is taken up again by its message; one
 * that is answered, withdrawn or asked for anew has no effect. Throws `store-unavailable` where the registry is away, so that the message comes again.
 */
export async function performErrand(deps: OperationDeps, queue: Queue, attempt: ErrandAttempt): Promise<void> {
  const begun = await deps.registry.transaction((stores) => begin(deps, stores, attempt));
  if (begun === undefined) return;
  const answer = begun.isWanted ? await carryOut(deps, begun) : ({ is: 'superseded' } as const);
  await deps.registry.stores.errands.answer(attempt.changeId, attempt.attempt, answer);
  await tell(deps, queue, { ...attempt, runId: begun.run.id });
}

type Begun = { readonly errand: Errand; readonly run: Run; readonly isWanted: boolean };

/** In one transaction with the look at the step: whoever settles the step has either done so before, or waits for the answer. */
async function begin({ clock }: OperationDeps, stores: Stores, { changeId: id, attempt }: ErrandAttempt): Promise<Begun | undefined> {
  const errand = await stores.errands.begin(id, attempt, clock.now());
  const run = errand && (await stores.runs.byId(errand.runId));
  if (run === undefined) return undefined;
  const step = (await stores.steps.of(run.id)).find(({ stepId }) => stepId === errand?.stepId);
  return errand && { errand, run, isWanted: isWanted(errand.change, run, step) };
}

const live: ReadonlySet<Run['state']> = new Set(['planned', 'starting', 'active']);
const ended: ReadonlySet<Run['state']> = new Set(['superseded', 'cancelled']);
const settled: ReadonlySet<StepRow['state']> = new Set(['done', 'already', 'skipped']);

/** A run that waits for this may be parked. One that is over asks for nothing, nor does a step that was skipped meanwhile; what contains somebody is wanted even where the rest of its run has failed. */
function isWanted({ effect }: Change, run: Run, step: StepRow | undefined): boolean {
  if (effect === 'contain') return !ended.has(run.state);
  return live.has(run.state) && (step === undefined || !settled.has(step.state));
}

async function carryOut(deps: OperationDeps, { errand, run }: Begun): Promise<ErrandAnswer> {
  const { change, stepId, position } = errand;
  // A row says what to do, and is not believed: only what is hands' own to do, and only what its id says.
  if (!isPrivileged(change) || changeId(run.id, stepId, change) !== errand.changeId || change.person !== run.personId)
    return { is: 'error', code: 'forbidden', message: 'This is no privileged change of the run, and is not made.' };
  try {
    return await applyChange(deps.gate, { change, position, request: requestOf(run, stepId, AbortSignal.timeout(timeoutMs)) });
  } catch (error) {
    return fromError(deps, error);
  }
}

function fromError(deps: OperationDeps, error: unknown): ErrandAnswer {
  if (error instanceof GatehouseError && error.code === 'store-unavailable') throw error;
  if (error instanceof GatehouseError) {
    const { code, message, systemCode, requestId, retryAfterMs } = error;
    return { is: 'error', code, message, systemCode, requestId, retryAfterMs };
  }
  deps.log.error('A privileged change failed in a way that nobody foresaw.', {
    error,
  });
  return { is: 'error', code: 'internal', message: 'Something went wrong inside Gatehouse; the log has it.' };
}

/** Only a hint: whoever asked looks by themselves, and a run that was put away is due again within a quarter of an hour. */
async function tell(deps: OperationDeps, queue: Queue, { changeId: id, attempt, runId }: ErrandAttempt & { readonly runId: string }) {
  const message = { queue: 'privileged-results', messageId: `${id}.${attempt}`, body: { runId } } as const;
  await queue.send([message], AbortSignal.timeout(resultPatienceMs)).catch((error: unknown) => {
    deps.log.warn('The result of a privileged change waits to be looked for.', { runId, error });
  });
}
