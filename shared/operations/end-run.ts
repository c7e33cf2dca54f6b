import type { Resolution } from '../ports/registry/records.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { Run, RunState, StepRow } from '../ports/registry/runs.ts';
import type { OperationDeps } from './deps.ts';
import { planFollowing } from './standing/plan-following.ts';
import type { WorkflowDefinition } from '../workflows/definition.ts';
import { runWithDefinition } from './claim-run.ts';
import { tellRun, tellWork } from './tell-progress.ts';
import { leavesOf } from './leaves-of.ts';
import type { RunInput } from './start-runs.ts';

/** Ends a run with the truth of its steps, or has it go on where people have resumed it meanwhile, and plans what follows from it: the next stage of leaving, and what it means for reports. */
export async function endRun(deps: OperationDeps, { runId, attempt }: RunInput): Promise<RunState | 'superseded'> {
  const { run, definition } = await runWithDefinition(deps.registry, runId);
  tellWork(run);
  const state = await endWith(deps, { run, definition, attempt });
  // What was resumed meanwhile is planned again: it has not ended.
  if (state !== 'superseded' && state !== 'planned') await tellRun(deps, run, state);
  return state;
}

type Ending = { readonly run: Run; readonly definition: WorkflowDefinition; readonly attempt: number };

async function endWith(deps: OperationDeps, { run, definition, attempt }: Ending): Promise<RunState | 'superseded'> {
  const runId = run.id;
  const steps = await deps.registry.stores.steps.of(runId);
  const found = stateOf(definition, steps);
  const note =
    steps
      .filter((step) => step.gaps > 0 || isTrouble(step.state))
      .map((step) => `${step.stepId}: ${step.summary}`)
      .join('; ') || null;
  const at = deps.clock.now();
  return deps.registry.transaction(async (stores) => {
    const person = await stores.people.lock(run.personId, 'share');
    if (person?.epoch !== run.epoch) return 'superseded';
    const decided = found === 'held' ? await decisionMeanwhile(stores, runId, steps) : undefined;
    if (decided?.how === 'resumed') return (await stores.runs.park(runId, attempt, at, 'resumed meanwhile')) ? 'planned' : 'superseded';
    const state = decided?.how === 'cancelled' ? 'cancelled' : found;
    if (!(await stores.runs.end({ id: runId, attempt, state, note, at }))) return 'superseded';
    await stores.audit.append([
      {
        at,
        actor: `run:${runId}`,
        action: `run.${state}`,
        personId: run.personId,
        runId,
        target: null,
        detail: { workflow: run.workflow, note },
      },
    ]);
    if (state === 'done' || state === 'done-with-gaps') await planFollowing(deps, stores, run);
    return state;
  });
}

/** What people decided about a step that is held while other steps of the run were still under way. */
async function decisionMeanwhile(stores: Stores, runId: string, steps: readonly StepRow[]): Promise<Resolution | undefined> {
  const since = Math.min(...steps.filter((step) => step.state === 'held').map((step) => step.lastAt));
  return (await stores.holds.openAbout(runId)).length > 0 ? undefined : stores.holds.decidedSince(runId, since);
}

/** Steps whose failure leaves a gap but does not end the run. */
function mayFail(definition: WorkflowDefinition): ReadonlySet<string> {
  const leaves = definition.steps.flatMap((step) => leavesOf(step));
  return new Set(leaves.filter(({ step }) => 'onFailure' in step && step.onFailure === 'continue').map(({ step }) => step.id));
}

const unsettled: ReadonlySet<StepRow['state']> = new Set(['waiting', 'parked']);

function stateOf(definition: WorkflowDefinition, steps: readonly StepRow[]): RunState {
  const forgiven = mayFail(definition);
  const has = (state: StepRow['state']) => steps.some((step) => step.state === state && !forgiven.has(step.stepId));
  // What is held waits for people, also where the rest of the run could go on without it: it is done when they resume the run.
  if (steps.some((step) => step.state === 'held')) return 'held';
  if (has('failed')) return 'failed';
  // A step may have failed for one worker and be in hand with another, to whom it was delivered too: a run that is not through is not called done.
  const isThrough = definition.steps
    .flatMap((step) => leavesOf(step))
    .every(({ step }) => steps.some(({ stepId, state }) => stepId === step.id && !unsettled.has(state)));
  if (has('unknown') || !isThrough) return 'unknown';
  const isWhole = steps.every((step) => step.gaps === 0 && (step.state === 'done' || step.state === 'already' || step.state === 'skipped'));
  return isWhole ? 'done' : 'done-with-gaps';
}

function isTrouble(state: StepRow['state']): boolean {
  return state === 'failed' || state === 'unknown' || state === 'held';
}
