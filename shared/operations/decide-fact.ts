import { GatehouseError } from '../errors.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { OperationDeps } from './deps.ts';
import { factsOf, withFact } from './standing/known-facts.ts';
import { learn } from './standing/learn.ts';

/**
 * What somebody has decided about an event that was held: it counts from now on, or never will. Its person is planned for anew, in the caller's transaction. An event that told of no record, such as one of a
 * record that vanished, is only settled: there is nothing in it that could count.
 */
export async function decideFact(deps: OperationDeps, stores: Stores, inboxId: string, to: 'counted' | 'rejected'): Promise<void> {
  const row = await stores.inbox.byId(inboxId);
  if (row === undefined) throw new GatehouseError('not-found', `There is no event ${inboxId} in the inbox.`);
  const reason = to === 'counted' ? 'Somebody decided that it counts.' : 'Somebody decided that it does not count.';
  await stores.inbox.restate(inboxId, to === 'counted' ? 'folded' : 'rejected', reason);
  const personId = await stores.people.ownerOf(row.source, row.workerId);
  const person = personId === undefined ? undefined : await stores.people.lock(personId, 'update');
  if (person === undefined) return;
  const before = await factsOf(stores, person.id);
  const facts = before.find(({ source, workerId }) => source === row.source && workerId === row.workerId)?.facts;
  const fact = facts?.find(({ eventId }) => eventId === row.eventId);
  if (fact === undefined) return;
  const decided = { ...fact, state: to, isDecided: true };
  await stores.people.saveFact(decided);
  await learn(deps, stores, {
    person,
    isNew: false,
    before,
    after: withFact(before, decided),
    source: row.source,
    cause: inboxId,
    batchId: null,
  });
}
