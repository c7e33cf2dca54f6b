import type { DirectoryObject } from '../directory/store/directory-object.ts';
import type { DirectoryStore } from '../directory/store/directory-store.ts';
import type { World } from '../foundation/world.ts';
import { softDeleteSynced, syncedUsers } from '../graph/synced-users.ts';
import { anchorOf, anchorsInScope, immutableIdOf, isInScope } from './sync-scope.ts';

/** Moves to deleted items the cloud users whose accounts left the scope or were deleted, and says how many. `changed` are the accounts that may have; of a tombstone, which has lost
 * its anchor, and where `all` may have, both sides are compared as a whole. */
export function deleteOutOfScope(world: World, store: DirectoryStore, changed: readonly DirectoryObject[] | 'all'): number {
  if (changed === 'all' || changed.some(isTombstone)) return deleteUnknown(world, store);
  const left = changed.filter((object) => object.className === 'user' && !isInScope(object));
  return left.filter((object) => softDeleteSynced(world, immutableIdOf(anchorOf(object)))).length;
}

function isTombstone({ className, attributes }: DirectoryObject): boolean {
  return className === 'user' && attributes['isDeleted'] !== undefined && attributes['mS-DS-ConsistencyGuid'] === undefined;
}

function deleteUnknown(world: World, store: DirectoryStore): number {
  const inScope = new Set(anchorsInScope(store).map(({ anchor }) => immutableIdOf(anchor)));
  return syncedUsers(world).filter(({ immutableId }) => !inScope.has(immutableId) && softDeleteSynced(world, immutableId)).length;
}
