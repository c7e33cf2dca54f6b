import { displayName } from '../../domain/display-name.ts';
import type { SourceId } from '../../domain/ids.ts';
import type { SourcedWorker } from '../../ports/hr-source.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { factFrom, factsOf, viewOf, withFact } from './known-facts.ts';
import { keepPersonKey, personWithKey } from './person-key.ts';

/**
 * Keeps a worker who was there already: as a person, or as another engagement of the person whom the source gives the same key, with how they stand. Nothing is planned. A worker who is known stays as
 * they are.
 */
export async function observeWorker(deps: OperationDeps, stores: Stores, source: SourceId, sourced: SourcedWorker): Promise<void> {
  const { worker, revision, updatedAt } = sourced;
  const { workerId } = worker;
  if ((await stores.people.ownerOf(source, workerId)) !== undefined) return;
  const owner = await personWithKey(stores, source, worker);
  const personId = owner ?? deps.ids.next();
  const unknown = { standing: 'none', endsAt: null, reconsiderAt: null } as const;
  if (owner === undefined)
    await stores.people.create({ id: personId, epoch: 1, displayName: displayName(worker), baseline: true, ...unknown });
  else await stores.people.lock(personId, 'update');
  await keepPersonKey(stores, { personId, source, worker, isNew: owner === undefined });
  const before = owner === undefined ? [] : await factsOf(stores, personId);
  const occurredAt = updatedAt === null ? 0 : Date.parse(updatedAt);
  const engagement = { source, workerId, personId, worker, revision, occurredAt, eventId: 'baseline' };
  const fact = { ...factFrom(engagement), learntAt: deps.clock.now() };
  await stores.people.saveFact(fact);
  await stores.people.saveEngagement(engagement);
  const { stance, changesAt } = viewOf(withFact(before, fact), deps.clock.now(), deps.rules.calendar);
  await stores.people.setStanding(personId, { standing: stance.standing, endsAt: stance.endsAt, reconsiderAt: changesAt });
}
