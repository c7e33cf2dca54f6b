import type { OperationDeps } from '../deps.ts';
import { type RunStarter, startRunsOf } from '../start-runs.ts';

/** An errand of the run was answered: a run that was put away to wait for it goes on now. One that is under way looks by itself, so that a result may come at any time, twice, or never. */
export async function takeResult(deps: OperationDeps, starter: RunStarter, runId: string): Promise<void> {
  const { runs } = deps.registry.stores;
  const run = await runs.byId(runId);
  if (run === undefined) return;
  if (await deps.registry.transaction((stores) => stores.runs.wakeRun(runId, deps.clock.now())))
    await startRunsOf(deps, starter, run.personId);
}
