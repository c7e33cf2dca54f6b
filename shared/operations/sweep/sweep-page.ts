import { GatehouseError } from '../../errors.ts';
import type { OperationDeps } from '../deps.ts';
import { lookAtLeavers, type LeaverLook } from './look-at-leavers.ts';
import { type OpenThing, openThings } from './open-things.ts';
import { raiseUnreadable } from './raise-unreadable.ts';
import { repairLeaver } from './repair-leaver.ts';
import { nothing, sumOf, type Tally } from './tally.ts';

/** A stretch of people by their ids: after the one, up to and with the other. */
export type PageInput = { readonly sweepId: string; readonly after: string; readonly upTo: string };

const readTimeoutMs = 60_000;
const sideBySide = 4;

/** Looks closer at the leavers of a page who have accounts, and has what is open repaired or raised. Adds to the counts of the sweep; repeated, it plans nothing a second time. */
export async function sweepPage(deps: OperationDeps, { sweepId, after, upTo }: PageInput): Promise<Tally> {
  const look = await lookAtLeavers(deps, sweepId);
  const people = look.people.filter((id) => id > after && id <= upTo);
  const tallies: Tally[] = [];
  for (let from = 0; from < people.length; from += sideBySide) {
    const some = people.slice(from, from + sideBySide);
    tallies.push(...(await Promise.all(some.map((personId) => sweepLeaver(deps, look, { personId, sweepId })))));
  }
  const tally = sumOf(tallies);
  await deps.registry.stores.sweeps.tell(sweepId, tally);
  return tally;
}

/** Judges one leaver by what was seen of their accounts. What cannot be read is raised, and never taken for closed. */
export async function sweepLeaver(
  deps: OperationDeps,
  { accounts, groups }: Pick<LeaverLook, 'accounts' | 'groups'>,
  { personId, sweepId }: { readonly personId: string; readonly sweepId: string },
): Promise<Tally> {
  const things: OpenThing[] = [];
  let unreadable = 0;
  for (const sighting of accounts.get(personId) ?? []) {
    const { target } = sighting.link;
    const reads = deps.targets.get(target)?.reads ?? {};
    try {
      const openness = await openThings(reads, sighting, groups, AbortSignal.timeout(readTimeoutMs));
      things.push(...openness.things);
      if (openness.unreadable.length === 0) continue;
      unreadable += 1;
      await raiseUnreadable(deps, target, openness.unreadable.join('; '));
    } catch (error) {
      // It was deleted since the listing.
      if (error instanceof GatehouseError && error.code === 'target-not-found') continue;
      unreadable += 1;
      await raiseUnreadable(deps, target, error instanceof GatehouseError ? error.message : String(error));
    }
  }
  const repaired = things.length === 0 ? nothing : await repairLeaver(deps, { personId, sweepId, things });
  return sumOf([repaired, { ...nothing, raised: unreadable }]);
}
