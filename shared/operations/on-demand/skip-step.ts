import { GatehouseError } from '../../errors.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run, StepRow } from '../../ports/registry/runs.ts';
import { runWithDefinition } from '../claim-run.ts';
import type { OperationDeps } from '../deps.ts';
import { leavesOf } from '../leaves-of.ts';
import { lockPerson, needReason } from './begin-anew.ts';
import { needState, noteAction, type RunAction, runNamed, settleQuestions } from './run-action.ts';

const settled: ReadonlySet<StepRow['state']> = new Set(['done', 'already', 'skipped', 'refused']);

/**
 * Records a step of a run that is not over as skipped, a gap that somebody has to know of; the run goes on with the next, also where the step held it. What of the step was sent already may still come
 * about. Throws `not-found`, `input-invalid` without a reason, `wrong-state` where run or step is over, `busy` while a write of it is under way.
 */
export async function skipStep(deps: OperationDeps, action: RunAction & { readonly stepId: string }): Promise<Run> {
  const { runId, stepId, actor, reason } = action;
  needReason(reason);
  const { definition } = await runWithDefinition(deps.registry, runId);
  const leaves = definition.steps.flatMap((step) => leavesOf(step));
  const position = leaves.findIndex(({ step }) => step.id === stepId);
  const leaf = leaves[position]?.step;
  if (leaf === undefined) {
    const known = leaves.map(({ step }) => step.id).join(', ');
    throw new GatehouseError('not-found', `The run has no step “${stepId}”. Its steps: ${known}.`);
  }
  const task = 'task' in leaf ? leaf.task : 'wait';
  return deps.registry.transaction(async (stores) => {
    const { personId } = await runNamed(stores, runId);
    await lockPerson(stores, personId);
    const run = await runNamed(stores, runId);
    needState(run, ['pending', 'planned', 'starting', 'active', 'held'], 'no step of it can be skipped; try the run again instead');
    await closeIntents(deps, stores, action);
    const before = (await stores.steps.of(runId)).find((row) => row.stepId === stepId);
    if (before !== undefined && settled.has(before.state))
      throw new GatehouseError('wrong-state', `The step ${stepId} is over: it is ${before.state}.`);
    const summary = `skipped by ${actor}: ${reason}`;
    const row = {
      runId,
      stepId,
      position,
      task,
      state: 'skipped',
      summary,
      gaps: 1,
      claim: before?.claim ?? null,
      lastAt: deps.clock.now(),
    } as const;
    await stores.steps.record(row);
    await goOn(deps, stores, run, { stepId, before, action });
    await noteAction(deps, stores, { run, action: 'step.skipped', actor, reason, detail: { step: stepId } });
    return runNamed(stores, runId);
  });
}

/** No worker may be writing, and none may take up later what is skipped now. */
async function closeIntents(
  deps: OperationDeps,
  stores: Stores,
  { runId, stepId, actor }: RunAction & { readonly stepId: string },
): Promise<void> {
  const now = deps.clock.now();
  for (const row of await stores.intents.of(runId)) {
    if (row.stepId !== stepId || row.state !== 'open') continue;
    if (row.leaseUntil > now) throw new GatehouseError('busy', 'A change of this step is being written right now; try again in a minute.');
    const sent = row.sentAt === null ? '' : ' It had been sent, and may still come about.';
    await stores.intents.close(row.changeId, { is: 'skipped', reason: { code: 'operator', message: `Skipped by ${actor}.${sent}` } }, now);
  }
}

type Skipping = { readonly stepId: string; readonly before: StepRow | undefined; readonly action: RunAction };

/** A run that the step held begins again behind it; one that waits for the step looks again at once. */
async function goOn(deps: OperationDeps, stores: Stores, run: Run, { stepId, before, action }: Skipping): Promise<void> {
  const now = deps.clock.now();
  const rows = await stores.steps.of(run.id);
  const isHeldElsewhere = rows.some((row) => row.state === 'held' && row.stepId !== stepId);
  if (run.state === 'held' && before?.state === 'held' && !isHeldElsewhere) {
    await stores.runs.decide({ id: run.id, to: 'planned', by: null, note: `goes on without ${stepId}`, at: now });
    await settleQuestions(deps, stores, run.id, action);
  }
  if (run.state === 'planned' && run.attempt > 0) await stores.runs.wake(run.personId, now);
}
