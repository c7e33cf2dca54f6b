import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import type { DirectoryObject } from '../directory/store/directory-object.ts';
import { directoryStore, type DirectoryStore } from '../directory/store/directory-store.ts';
import { applySyncedUser, softDeleteSynced, syncedUsers } from '../graph/synced-users.ts';
import { anchorOf, anchorsInScope, immutableIdOf, isInScope } from './sync-scope.ts';
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

/** Where the next cycle goes on: the update number up to which changes were read, and the account up to which both sides were compared. */
export type SyncPosition = { readonly usn: number; readonly comparedTo: number };

/** The position before the first cycle. */
export const beginning: SyncPosition = { usn: 0, comparedTo: 0 };

// Accounts whose two sides are compared in one cycle although the directory did not change them: all of a small company, a part of a large one in turn.
const comparedAtOnce = 500;
const batchSize = 50;

/** Carries the directory to Entra ID once: gives new accounts an anchor, pushes those that changed on either side, and moves to deleted items those that are no longer in scope.
 * Users come in batches, between which other requests are served. */
export async function runCycle(
  world: World,
  from: SyncPosition,
): Promise<{ readonly report: SyncReport; readonly position: SyncPosition }> {
  const store = directoryStore(world);
  const usn = store.counters.last('usn');
  const changed = store.objects.changedSince(from.usn).filter(isInScope);
  const anchorsWritten = transaction(world.database, () => changed.filter((object) => writeAnchor(store, object)).length);
  const anchored = anchorsInScope(store).toSorted((a, b) => a.id - b.id);
  const compared = anchored.filter(({ id }) => id > from.comparedTo).slice(0, comparedAtOnce);
  const ids = [...new Set([...changed, ...compared].map(({ id }) => id))];
  const counts = { created: 0, updated: 0, softMatched: 0, unchanged: 0 };
  const failed: { dn: string; problem: string }[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    transaction(world.database, () => {
      for (const id of ids.slice(start, start + batchSize)) push(world, store, id, { counts, failed });
    });
    await yieldToOthers();
  }
  const comparedTo = compared.length < comparedAtOnce ? 0 : (compared.at(-1)?.id ?? 0);
  return {
    report: { examined: ids.length, ...counts, deleted: deleteOutOfScope(world, store), anchorsWritten, failed },
    position: { usn, comparedTo },
  };
}

function writeAnchor(store: DirectoryStore, object: DirectoryObject): boolean {
  if (object.attributes['mS-DS-ConsistencyGuid'] !== undefined) return false;
  store.objects.update(object.id, { ...object.attributes, 'mS-DS-ConsistencyGuid': [anchorOf(object)] });
  return true;
}

type Tally = {
  readonly counts: Record<'created' | 'updated' | 'softMatched' | 'unchanged', number>;
  readonly failed: { dn: string; problem: string }[];
};

function push(world: World, store: DirectoryStore, id: number, tally: Tally): void {
  // Read only now: the account may have been changed or deleted between two batches.
  const object = store.objects.byId(id);
  if (object === undefined || !isInScope(object)) return;
  try {
    tally.counts[applySyncedUser(world, toSyncedUser(store, object)).change] += 1;
  } catch (error) {
    tally.failed.push({ dn: object.dn, problem: error instanceof Error ? error.message : String(error) });
  }
}

function deleteOutOfScope(world: World, store: DirectoryStore): number {
  const inScope = new Set(anchorsInScope(store).map(({ anchor }) => immutableIdOf(anchor)));
  return syncedUsers(world).filter(({ immutableId }) => !inScope.has(immutableId) && softDeleteSynced(world, immutableId)).length;
}
