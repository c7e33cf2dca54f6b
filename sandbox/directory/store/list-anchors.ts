import { endOfSubtree } from '../names/dn.ts';
import type { DirectoryStore } from './directory-store.ts';

/** An account and its `mS-DS-ConsistencyGuid`, as hexadecimal digits. */
export type Anchored = { readonly id: number; readonly anchor: string };

/** The accounts with an anchor in a subtree, oldest first. */
export function listAnchors(store: DirectoryStore, path: string): readonly Anchored[] {
  return store.database
    .prepare(
      `SELECT o.id, k.key FROM directory_keys k JOIN directory_objects o ON o.id = k.object
       WHERE k.attribute = 'mS-DS-ConsistencyGuid' AND o.class = 'user' AND o.path >= ? AND o.path < ? ORDER BY o.id`,
    )
    .all(path, endOfSubtree(path))
    .map((row) => ({ id: Number(row['id']), anchor: String(row['key']) }));
}
