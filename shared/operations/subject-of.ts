import { isClosing } from '../domain/standing/cut-off.ts';
import { standingOf } from '../domain/standing/standing-of.ts';
import type { Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import type { Engagement } from '../ports/registry/people.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { OperationDeps } from './deps.ts';

/** What dates are compared with. */
export type AtTime = Pick<OperationDeps, 'clock' | 'rules'>;

/** All that planning needs to know of a person, read afresh; with a time, by the employment that counts then. */
export async function subjectOf(registry: Registry, personId: string, at?: AtTime): Promise<Subject> {
  const { people, links, names } = registry.stores;
  const person = await people.byId(personId);
  const engagement = leading(await people.engagements(personId), at);
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

/** The record that counts: by how the person stands at the time; without one, a record that is not over before one that is, the latest hire before an earlier one. */
export function leading(engagements: readonly Engagement[], at?: AtTime): Engagement | undefined {
  const rank = ({ worker }: Engagement) => `${isClosing(worker) ? 0 : 1}${worker.hireDate}`;
  const ranked = engagements.toSorted((one, other) => rank(other).localeCompare(rank(one)));
  if (at === undefined || ranked.length < 2) return ranked[0];
  const employments = ranked.map(({ source, workerId, worker, occurredAt }) => ({ source, workerId, worker, closedAt: occurredAt }));
  const found = standingOf(employments, at.clock.now(), at.rules.calendar).leading;
  return ranked.find(({ source, workerId }) => source === found?.source && workerId === found.workerId) ?? ranked[0];
}

/** How many managers who have left are climbed over; a circle of them ends there too. */
const highest = 10;

/** The manager whom HR names, or where they have left, the next one up who has not. */
async function managerOf(registry: Registry, { source, worker, personId: own }: Engagement): Promise<Subject['manager']> {
  const { people, links } = registry.stores;
  let of: { readonly source: string; readonly managerId: string | null | undefined } = { source, managerId: worker.managerId };
  for (let climbed = 0; climbed < highest; climbed += 1) {
    if (of.managerId == null || of.managerId === '') return null;
    const personId = await people.ownerOf(of.source, of.managerId);
    const person = personId === undefined ? undefined : await people.byId(personId);
    if (personId === undefined || person === undefined || personId === own) return null;
    const hasLeft = person.standing === 'left' || person.standing === 'withdrawn';
    if (!hasLeft) return { personId, displayName: person.displayName, links: await links.of(personId) };
    const next = leading(await people.engagements(personId));
    of = { source: next?.source ?? of.source, managerId: next?.worker.managerId };
  }
  return null;
}
