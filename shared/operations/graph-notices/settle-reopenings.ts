import type { GraphNoticeDeps } from './graph-notice-deps.ts';

const atOnce = 100;

/** Has somebody look after everyone who was given access by others and is to have none, once for each person; what does not come off is tried again next time. */
export async function settleReopenings(deps: GraphNoticeDeps): Promise<void> {
  const open = await deps.registry.stores.graphDoor.reopenings(atOnce);
  for (const [personId, changes] of Map.groupBy(open, (change) => change.personId ?? '')) {
    try {
      await deps.onReopened(personId);
      await deps.registry.transaction(async (stores) => {
        for (const { id } of changes) await stores.graphDoor.settleReopening(id, deps.clock.now());
      });
    } catch (error) {
      deps.log.warn('Somebody who is to have no access was given some, and could not be looked after; it is tried again.', {
        personId,
        error,
      });
    }
  }
}
