import type { Braked } from '../../gate/gate-deps.ts';
import { populationOf } from '../../gate/population-of.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { raiseHold } from '../holds/raise-hold.ts';
import { effectOf } from './effect-of.ts';

/**
 * Plans the run of a single event, in the transaction that learnt of it, or holds it where its source has set off as much of its kind as a brake allows within its window. Answers
 * the run as it stands then.
 */
export async function admitRun(deps: OperationDeps, stores: Stores, run: Run): Promise<Run> {
  const effect = effectOf(run.trigger);
  if (effect === undefined || run.state === 'held') return plan(stores, run);
  const now = deps.clock.now();
  const source = /^source:(.+)$/.exec(run.askedBy)?.[1];
  const brake = deps.gate.policy.brake(effect, await populationOf(stores, now, source));
  if (brake === undefined || (await stores.budgets.reserve({ ...bookOf(run, effect), now, ...brake }))) return plan(stores, run);
  const hours = Math.round(brake.windowMs / 3_600_000);
  const message = `The brake on “${effect}” for ${run.askedBy} is at its limit of ${brake.limit} people within ${hours} h.`;
  const held = await plan(stores, { ...run, state: 'held', note: message });
  await raiseHold(deps, stores, { kind: 'run', reference: run.id, personId: run.personId, code: 'brake', message });
  return held;
}

/** Counts a run that somebody let past its brake, so that what comes after it finds as much spent. */
export async function countRun(deps: OperationDeps, stores: Stores, run: Run): Promise<void> {
  const effect = effectOf(run.trigger);
  const windowMs = effect && deps.gate.policy.brake(effect, 0)?.windowMs;
  if (effect === undefined || windowMs === undefined) return;
  await stores.budgets.reserve({ ...bookOf(run, effect), now: deps.clock.now(), windowMs, limit: Number.MAX_SAFE_INTEGER });
}

function bookOf({ askedBy, personId }: Run, effect: Braked): { readonly key: string; readonly reference: string } {
  return { key: `${askedBy}/${effect}`, reference: personId };
}

async function plan(stores: Stores, run: Run): Promise<Run> {
  await stores.runs.plan(run);
  return run;
}
