import type { PersonId } from '../../domain/ids.ts';
import type { DeltaResource } from '../../ports/readers/deltas.ts';
import { followChanges } from './follow-changes.ts';
import type { GraphNoticeDeps } from './graph-notice-deps.ts';
import { settleReopenings } from './settle-reopenings.ts';

const resources: readonly DeltaResource[] = ['users', 'groups'];

/** Follows the changes of every tenant, whether or not notices of them came. One tenant's trouble is logged and keeps no other waiting. Answers the people whose runs have become due. */
export async function followAll(deps: GraphNoticeDeps): Promise<readonly PersonId[]> {
  const woken = new Set<PersonId>();
  for (const { id: target, reads } of deps.targets.values()) {
    for (const resource of reads.deltas === undefined ? [] : resources) {
      try {
        for (const personId of await followChanges(deps, { target, resource })) woken.add(personId);
      } catch (error) {
        deps.log.warn('A tenant’s changes could not be followed; they are taken up again later.', {
          target,
          resource,
          error: String(error),
        });
      }
    }
  }
  await settleReopenings(deps);
  return [...woken];
}
