import type { PersonId } from '../../domain/ids.ts';
import type { DeltaResource } from '../../ports/readers/deltas.ts';
import { followChanges, type Stream } from './follow-changes.ts';
import type { GraphNoticeDeps } from './graph-notice-deps.ts';
import { settleReopenings } from './settle-reopenings.ts';

const resources: readonly DeltaResource[] = ['users', 'groups'];

/** Follows the changes of every tenant, whether or not notices of them came. One tenant's trouble is logged and keeps no other waiting. Answers the people whose runs have become due. */
export async function followAll(deps: GraphNoticeDeps): Promise<readonly PersonId[]> {
  const following = [...deps.targets.values()].filter(({ reads }) => reads.deltas !== undefined);
  const woken = new Set<PersonId>();
  for (const { id: target } of following) {
    for (const resource of resources) {
      for (const personId of await followOne(deps, { target, resource })) woken.add(personId);
    }
  }
  await settleReopenings(deps);
  return [...woken];
}

async function followOne(deps: GraphNoticeDeps, stream: Stream): Promise<readonly PersonId[]> {
  try {
    return await followChanges(deps, stream);
  } catch (error) {
    deps.log.warn('A tenant’s changes could not be followed; they are taken up again later.', { ...stream, error });
    return [];
  }
}
