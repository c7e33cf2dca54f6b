import type { OperationDeps } from '../deps.ts';
import type { SweepInput } from './begin-sweep.ts';
import { forgetLook } from './look-at-leavers.ts';

/** Ends a sweep: everything of it has been looked at. */
export async function endSweep(deps: OperationDeps, { sweepId }: SweepInput): Promise<void> {
  await deps.registry.stores.sweeps.end(sweepId, deps.clock.now());
  forgetLook(deps, sweepId);
  const last = await deps.registry.stores.sweeps.last();
  if (last?.id !== sweepId) return;
  const { looked, found, repaired, raised } = last;
  deps.log.info('Everybody who has left was looked at.', { sweepId, looked, found, repaired, raised });
}
