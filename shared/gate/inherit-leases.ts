import type { Clock } from '../ports/clock.ts';
import type { Registry } from '../ports/registry/registry.ts';

/** How long a write may still be on its way to a target after the process that sent it has ended. */
const underWayMs = 10_000;

/**
 * For the start of a process that has the registry to itself, as with the embedded one: whoever held a lease has ended, so that nobody need wait for the leases
 * to run out. What was sent before may still arrive, and is given ten seconds to do so.
 */
export async function inheritLeases({ registry, clock }: { readonly registry: Registry; readonly clock: Clock }): Promise<void> {
  await registry.stores.intents.shortenLeases(clock.now() + underWayMs);
}
