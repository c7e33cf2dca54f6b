import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { needReason } from './begin-anew.ts';
import { demandRuns } from './demand-runs.ts';
import type { MayUndo } from './refuse-protected.ts';
import { needState, noteAction, type RunAction, runNamed } from './run-action.ts';
import { undoRun } from './undo-run.ts';
import { undoneRun } from './undo-definition.ts';

/**
 * Begins a new run of the same workflow, in its version of today and by what is known of the person today. What the earlier one did is found as it is. What held it holds the new one too, unless it has
 * passed. Throws `not-found`, `input-invalid` without a reason, `wrong-state` for a run that has come off or is under way.
 */
export async function retryRun(deps: OperationDeps, action: RunAction, mayUndo?: MayUndo): Promise<readonly Run[]> {
  const { runId, actor, reason } = action;
  needReason(reason);
  const { stores } = deps.registry;
  const run = await runNamed(stores, runId);
  needState(
    run,
    ['failed', 'unknown', 'done-with-gaps', 'held', 'cancelled'],
    'only one that failed, is unknown, held or cancelled, or left gaps can be tried again',
  );
  const undone = await undoneRun(stores, run);
  if (undone !== undefined) return undoRun(deps, { runId: undone, actor, reason }, mayUndo);
  const runs = await demandRuns(deps, { workflow: run.workflow, people: [run.personId], actor, reason, cause: `retry:${runId}` });
  const detail = { by: runs.map(({ id }) => id) };
  await deps.registry.transaction((within) => noteAction(deps, within, { run, action: 'run.retried', actor, reason, detail }));
  return runs;
}
