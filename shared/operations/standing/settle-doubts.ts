import type { Doubt } from '../../domain/standing/record-of.ts';
import type { WorkerFact } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { raiseHold } from '../holds/raise-hold.ts';
import type { View, WorkerFacts } from './known-facts.ts';

/** A person's facts, and what these make now. */
export type Doubted = { readonly personId: string; readonly after: readonly WorkerFacts[]; readonly view: View };

/**
 * Holds the facts that are in doubt by all that is known now, and lets those count that are not any more: which are held depends on the set of facts, not on the order in which they came.
 */
export async function settleDoubts(deps: OperationDeps, stores: Stores, { personId, after, view }: Doubted): Promise<void> {
  for (const { source, workerId, facts } of after) {
    const doubts = view.records.find((one) => one.source === source && one.workerId === workerId)?.record.doubts;
    for (const fact of facts) {
      const doubt = doubts?.get(fact.eventId);
      if (doubt !== undefined && fact.state === 'counted') await hold(deps, stores, { personId, fact, doubt });
      if (doubt === undefined && fact.state === 'held') await release(deps, stores, fact);
    }
  }
}

async function hold(
  deps: OperationDeps,
  stores: Stores,
  { personId, fact, doubt }: { readonly personId: string; readonly fact: WorkerFact; readonly doubt: Doubt },
): Promise<void> {
  await stores.people.saveFact({ ...fact, state: 'held' });
  const row = await stores.inbox.byEvent(fact.source, fact.eventId);
  if (row === undefined) return;
  await stores.inbox.restate(row.inboxId, 'held', doubt.reason);
  await raiseHold(deps, stores, { kind: 'event', reference: row.inboxId, personId, code: doubt.code, message: doubt.reason });
}

async function release(deps: OperationDeps, stores: Stores, fact: WorkerFact): Promise<void> {
  await stores.people.saveFact({ ...fact, state: 'counted' });
  const row = await stores.inbox.byEvent(fact.source, fact.eventId);
  if (row === undefined) return;
  const reason = 'By what became known since, there is no doubt about it any more.';
  await stores.inbox.restate(row.inboxId, 'folded', reason);
  for (const { id } of await stores.holds.openAbout(row.inboxId))
    await stores.holds.resolve(id, { how: 'superseded', by: 'gatehouse', reason, at: deps.clock.now() });
}
