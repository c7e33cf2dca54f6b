import { isActive } from '../domain/classify.ts';
import type { Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import type { Engagement } from '../ports/registry/people.ts';
import type { Registry } from '../ports/registry/registry.ts';

/** All that planning needs to know of a person, read afresh. */
export async function subjectOf(registry: Registry, personId: string): Promise<Subject> {
  const { people, links, names } = registry.stores;
  const person = await people.byId(personId);
  const engagement = leading(await people.engagements(personId));
  if (person === undefined || engagement === undefined)
    throw new GatehouseError('not-found', `There is no person ${personId} with a worker record.`);
  return {
    personId,
    displayName: person.displayName,
    source: engagement.source,
    worker: engagement.worker,
    links: await links.of(personId),
    names: await names.of(personId),
    manager: await managerOf(registry, engagement),
  };
}

/** The record that counts: an active one before an ended one, the latest hire before an earlier one. */
export function leading(engagements: readonly Engagement[]): Engagement | undefined {
  const rank = ({ worker }: Engagement) => `${isActive(worker) ? 1 : 0}${worker.hireDate}`;
  return engagements.toSorted((one, other) => rank(other).localeCompare(rank(one)))[0];
}

async function managerOf(registry: Registry, { source, worker }: Engagement): Promise<Subject['manager']> {
  if (worker.managerId == null || worker.managerId === '') return null;
  const personId = await registry.stores.people.ownerOf(source, worker.managerId);
  if (personId === undefined) return null;
  const person = await registry.stores.people.byId(personId);
  return { personId, displayName: person?.displayName ?? worker.managerId, links: await registry.stores.links.of(personId) };
}
