import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import type { DirectoryObject } from '../directory/store/directory-object.ts';
import { directoryStore, type DirectoryStore } from '../directory/store/directory-store.ts';
import { changedSyncedUsers, latestCloudChange } from '../graph/sync/changed-users.ts';
import { applySyncedUser, stampSynced } from '../graph/synced-users.ts';
import { deleteOutOfScope } from './delete-out-of-scope.ts';
import { anchorKeyOf, anchorOf, isInScope } from './sync-scope.ts';
import { toSyncedUser } from './to-synced-user.ts';

/** What one cycle did, in numbers of users; `failed` says which could not be carried over, and why. */
export type SyncReport = {
  readonly examined: number;
  readonly created: number;
  readonly updated: number;
  readonly softMatched: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly anchorsWritten: number;
  readonly failed: readonly { readonly dn: string; readonly problem: string }[];
};

/** Where the next cycle goes on: the update number up to which the directory was read, and the number up to which the cloud's changes were. */
export type SyncPosition = { readonly usn: number; readonly cloud: number };

/** The position before the first cycle. */
export const beginning: SyncPosition = { usn: 0, cloud: -1 };

const batchSize = 50;

/** Carries the directory to Entra ID once: gives new accounts an anchor, pushes those that changed on either side, and moves to deleted items those that are no longer in scope.
 * What was changed in the cloud is so set back to what the directory says. A cycle looks at what changed alone, its own changes
 * of the time before included. Users come in batches, between which other requests are served. */
export async function runCycle(
  world: World,
  from: SyncPosition,
): Promise<{ readonly report: SyncReport; readonly position: SyncPosition }> {
  const store = directoryStore(world);
  const usn = store.counters.last('usn');
  const isFirst = from.cloud === beginning.cloud;
  const cloud = isFirst ? { immutableIds: [], upTo: latestCloudChange(world) } : changedSyncedUsers(world, from.cloud);
  const changed = store.objects.changedSince(from.usn);
  const inScope = changed.filter(isInScope);
  const anchorsWritten = transaction(world.database, () => inScope.filter((object) => writeAnchor(store, object)).length);
  const ids = [...new Set([...inScope.map(({ id }) => id), ...cloud.immutableIds.flatMap((anchor) => accountsWith(store, anchor))])];
  const isChanged = new Set(isFirst ? [] : inScope.map(({ id }) => id));
  const counts = { created: 0, updated: 0, softMatched: 0, unchanged: 0 };
  const failed: { dn: string; problem: string }[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    transaction(world.database, () => {
      for (const id of ids.slice(start, start + batchSize)) push(world, store, id, { counts, failed, isChanged });
    });
    await yieldToOthers();
  }
  return {
    report: { examined: ids.length, ...counts, deleted: deleteOutOfScope(world, store, isFirst ? 'all' : changed), anchorsWritten, failed },
    position: { usn, cloud: cloud.upTo },
  };
}

function writeAnchor(store: DirectoryStore, object: DirectoryObject): boolean {
  if (object.attributes['mS-DS-ConsistencyGuid'] !== undefined) return false;
  store.objects.update(object.id, { ...object.attributes, 'mS-DS-ConsistencyGuid': [anchorOf(object)] });
  return true;
}

function accountsWith(store: DirectoryStore, immutableId: string): readonly number[] {
  return store.objects.idsByKey('mS-DS-ConsistencyGuid', anchorKeyOf(immutableId));
}

type Tally = {
  readonly counts: Record<'created' | 'updated' | 'softMatched' | 'unchanged', number>;
  readonly failed: { dn: string; problem: string }[];
  /** The accounts that the directory changed since the last cycle. */
  readonly isChanged: ReadonlySet<number>;
};

function push(world: World, store: DirectoryStore, id: number, tally: Tally): void {
  // Read only now: the account may have been changed or deleted between two batches.
  const object = store.objects.byId(id);
  if (object === undefined || !isInScope(object)) return;
  try {
    const user = toSyncedUser(store, object);
    const { change } = applySyncedUser(world, user);
    tally.counts[change] += 1;
    // What the directory changed is carried over even where the cloud has it so already, and says when.
    if (change === 'unchanged' && tally.isChanged.has(id)) stampSynced(world, user.immutableId);
  } catch (error) {
    tally.failed.push({ dn: object.dn, problem: error instanceof Error ? error.message : String(error) });
  }
}
