import type { PersonId } from '../../domain/ids.ts';
import type { ErasureView } from '../../ports/registry/erasures.ts';
import type { Person } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';

const gone: ReadonlySet<string> = new Set(['left', 'withdrawn', 'none']);

/** Everything that keeps a person from being erased, each in words that say the way out; none where nothing does. What still gives access, or may, has to be known until it is closed. */
export async function whyNotErased(stores: Stores, person: Person, view: ErasureView): Promise<readonly string[]> {
  const { standing, id } = person;
  return [
    ...(gone.has(standing) ? [] : [`They have not left: they are ${standing}. HR says so first.`]),
    ...view.openRuns.map((workflow) => `A run of ${workflow} is not over: let it end, or cancel it.`),
    ...(view.openChanges > 0 ? [`The outcome of ${view.openChanges} changes is not known yet: wait.`] : []),
    ...view.openHolds.map((code) => `Something about them waits for a decision (${code}): decide it.`),
    ...(view.openEvents > 0 ? [`${view.openEvents} events about them have not been worked on: wait, or cancel those that are held.`] : []),
    ...(await accountsLeft(stores, id)),
    ...(await locksLeft(stores, id)),
  ];
}

async function accountsLeft({ links }: Stores, id: PersonId): Promise<readonly string[]> {
  return (await links.of(id)).map(
    ({ target, nativeId }) => `Their account ${nativeId} in ${target} is not known to be deleted: have it deleted first.`,
  );
}

/** HR's lock ends with the leaver; the others say that somebody is being looked into. */
async function locksLeft({ locks }: Stores, id: PersonId): Promise<readonly string[]> {
  const others = (await locks.of(id)).filter(({ owner }) => owner !== 'hr');
  return others.map(({ owner }) => `A lock of ${owner} stands on them: two people lift it first.`);
}
