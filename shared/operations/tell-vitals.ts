import { measure } from '../telemetry/measure.ts';
import type { OperationDeps } from './deps.ts';

/** Tells how Gatehouse itself stands: what waits, what brakes hold, and how long ago everybody who has left was looked at. Reads the registry alone; no target is asked. */
export async function tellVitals({ registry, clock }: OperationDeps, sources: readonly string[]): Promise<void> {
  const { vitals, switches } = registry.stores;
  const [{ runs, unknownSince, waiting, waitingSince, holds, sweptAt }, pause] = await Promise.all([vitals.read(), switches.pause()]);
  const age = (since: number | null) => (since === null ? 0 : (clock.now() - since) / 1000);
  for (const [state, count] of Object.entries(runs)) measure('gatehouse.runs.open', count, { state });
  for (const [code, count] of Object.entries(holds)) measure('gatehouse.holds.open', count, { code });
  measure('gatehouse.brakes.tripped', holds['brake'] ?? 0, {});
  measure('gatehouse.runs.unknown.age', age(unknownSince), {});
  measure('gatehouse.queue.waiting', waiting, {});
  measure('gatehouse.queue.age', age(waitingSince), {});
  measure('gatehouse.paused', pause === undefined ? 0 : 1, {});
  // Before the first sweep there is no age of one.
  if (sweptAt !== null) measure('gatehouse.sweep.age', age(sweptAt), {});
  await Promise.all([tellSubscriptions({ registry, clock }), tellBaselines({ registry }, sources)]);
}

async function tellSubscriptions({ registry, clock }: Pick<OperationDeps, 'registry' | 'clock'>): Promise<void> {
  for (const { target, resource, expiresAt } of await registry.stores.graphDoor.subscriptions())
    measure('gatehouse.subscription.left', (expiresAt - clock.now()) / 1000, { target, resource });
}

async function tellBaselines({ registry }: Pick<OperationDeps, 'registry'>, sources: readonly string[]): Promise<void> {
  const taken = await Promise.all(sources.map((source) => registry.stores.baselines.isComplete(`source/${source}`)));
  measure('gatehouse.baseline.missing', taken.filter((isComplete) => !isComplete).length, {});
}
