import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';

/** Plans the run of a single event, in the transaction that learnt of it. Answers the run as it stands then. */
export async function admitRun(_deps: OperationDeps, stores: Stores, run: Run): Promise<Run> {
  await stores.runs.plan(run);
  return run;
}
