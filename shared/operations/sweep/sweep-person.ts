import type { PersonId, TargetId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { ReadableTarget } from '../../ports/readers/readable-target.ts';
import type { OperationDeps } from '../deps.ts';
import type { UnlinkedAccount } from './look-at-leavers.ts';
import type { Sighting } from './open-things.ts';
import { raiseUnlinked } from './raise-unlinked.ts';
import { hasLeft } from './repair-leaver.ts';
import { sweepLeaver } from './sweep-page.ts';
import type { Tally } from './tally.ts';

/** What was found of one person; `not-left` where their access has not ended. `unreadable` names the targets that could not be asked. */
export type SweepFindings =
  | { readonly is: 'not-left' }
  | ({ readonly is: 'looked'; readonly unreadable: readonly TargetId[] } & Omit<Tally, 'looked'>);

const readTimeoutMs = 30_000;

/** Looks at one person in all targets now, and repairs or raises what is open, as the sweep of everybody does. */
export async function sweepPerson(deps: OperationDeps, personId: PersonId): Promise<SweepFindings> {
  const now = deps.clock.now();
  const person = await deps.registry.stores.people.byId(personId);
  if (person === undefined || !hasLeft(person, now)) return { is: 'not-left' };
  const unreadable: TargetId[] = [];
  const seen: Sighting[] = [];
  const unlinked: UnlinkedAccount[] = [];
  for (const target of deps.targets.values()) {
    try {
      seen.push(...(await linkedIn(deps, target, personId)));
      unlinked.push(...(await unlinkedIn(deps, target, personId)));
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      unreadable.push(target.id);
    }
  }
  for (const one of unlinked) await raiseUnlinked(deps, one);
  const look = { accounts: new Map([[personId, seen]]), groups: new Map() };
  const { found, repaired, raised } = await sweepLeaver(deps, look, { personId, sweepId: `person-${now}` });
  const also = unlinked.length;
  return { is: 'looked', unreadable, found: found + also, repaired, raised: raised + also + unreadable.length };
}

async function linkedIn({ registry }: OperationDeps, { id, reads }: ReadableTarget, personId: PersonId): Promise<readonly Sighting[]> {
  const sightings: Sighting[] = [];
  for (const link of (await registry.stores.links.of(personId)).filter(({ target }) => target === id)) {
    const account = await reads.accounts?.byId(link.nativeId, AbortSignal.timeout(readTimeoutMs));
    if (account !== undefined) sightings.push({ link, account });
  }
  return sightings;
}

async function unlinkedIn(
  { registry, clock }: OperationDeps,
  { id, reads }: ReadableTarget,
  personId: PersonId,
): Promise<readonly UnlinkedAccount[]> {
  const { people, links } = registry.stores;
  const found: UnlinkedAccount[] = [];
  for (const { workerId } of await people.engagements(personId)) {
    const owners = await Promise.all((await people.withWorkerId(workerId)).map((owner) => people.byId(owner.personId)));
    if (!owners.every((owner) => owner !== undefined && hasLeft(owner, clock.now()))) continue;
    for (const account of (await reads.accounts?.byEmployeeId(workerId, AbortSignal.timeout(readTimeoutMs))) ?? [])
      if (account.enabled && (await links.ownerOf(id, account.id)) === undefined) found.push({ target: id, account, personId });
  }
  return found;
}
