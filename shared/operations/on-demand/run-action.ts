import { GatehouseError } from '../../errors.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import type { Asking } from './demand-runs.ts';

/** What somebody wants done about a run, and why. */
export type RunAction = Asking & { readonly runId: string };

/** The run; throws `not-found`. */
export async function runNamed(stores: Stores, runId: string): Promise<Run> {
  const run = await stores.runs.byId(runId);
  if (run === undefined) throw new GatehouseError('not-found', `There is no run ${runId}.`);
  return run;
}

/** Throws `wrong-state` unless the run is in one of the states. */
export function needState(run: Run, allowed: readonly Run['state'][], what: string): void {
  if (allowed.includes(run.state)) return;
  throw new GatehouseError('wrong-state', `The run ${run.id} is ${run.state}: ${what}.`);
}

/** Writes down who did what to the run, and why, in the transaction that does it. */
export async function noteAction(
  deps: Pick<OperationDeps, 'clock'>,
  stores: Stores,
  { run, action, actor, reason, detail = {} }: Asking & { readonly run: Run; readonly action: string; readonly detail?: object },
): Promise<void> {
  const { id: runId, personId, workflow } = run;
  await stores.audit.append([
    { at: deps.clock.now(), actor, action, personId, runId, target: null, detail: { workflow, reason, ...detail } },
  ]);
}

/** What was asked about the run is answered by what is done to it. */
export async function settleQuestions(deps: Pick<OperationDeps, 'clock'>, stores: Stores, runId: string, by: Asking): Promise<void> {
  for (const { id } of await stores.holds.openAbout(runId))
    await stores.holds.resolve(id, { how: 'superseded', by: by.actor, reason: by.reason, at: deps.clock.now() });
}
