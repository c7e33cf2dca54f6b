import { GatehouseError } from '../../errors.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { beginAnew, lockPerson, needReason } from './begin-anew.ts';
import { needState, noteAction, type RunAction, runNamed, settleQuestions } from './run-action.ts';

/**
 * Ends a run that is not over. One that waits simply never begins; one that is under way stops at its next step, by raising the person's epoch: what it has done stays done, and whatever else is
 * unfinished for the person is planned again. Throws `not-found`, `input-invalid` without a reason, `wrong-state` for a run that is over.
 */
export function cancelRun(deps: OperationDeps, { runId, actor, reason }: RunAction): Promise<Run> {
  needReason(reason);
  return deps.registry.transaction(async (stores) => {
    const { personId } = await runNamed(stores, runId);
    await lockPerson(stores, personId);
    // Read again under the lock: nobody starts or ends it from here on.
    const run = await runNamed(stores, runId);
    needState(run, ['pending', 'planned', 'starting', 'active', 'held'], 'only one that is not over can be cancelled');
    const note = `cancelled by ${actor}: ${reason}`;
    if (!(await end(deps, stores, run, note))) throw new GatehouseError('busy', `The run ${runId} has just gone on; try again.`);
    await settleQuestions(deps, stores, runId, { actor, reason });
    await noteAction(deps, stores, { run, action: 'run.cancelled', actor, reason, detail: { was: run.state } });
    return runNamed(stores, runId);
  });
}

async function end(deps: OperationDeps, stores: Stores, run: Run, note: string): Promise<boolean> {
  const at = deps.clock.now();
  const { id, attempt, personId } = run;
  switch (run.state) {
    case 'planned':
      return stores.runs.cancelPlanned(id, note, at);
    case 'pending':
    case 'held':
      return stores.runs.decide({ id, to: 'cancelled', by: null, note, at });
    default: {
      // One that is starting has not been claimed: claimed here, so that its own claim comes too late.
      const isEnded = (await stores.runs.claim(id, attempt)) && (await stores.runs.end({ id, attempt, state: 'cancelled', note, at }));
      if (isEnded) await beginAnew(deps, stores, personId, () => false);
      return isEnded;
    }
  }
}
