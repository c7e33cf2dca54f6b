import type { World } from '../../foundation/world.ts';
import { lastSequence } from '../changes/read-changes.ts';
import { prepareGraph } from '../prepare-graph.ts';

/** What changed in the cloud: the anchors of synced users, deleted ones included, and the number of the change up to which was read. */
export type CloudChanges = { readonly immutableIds: readonly string[]; readonly upTo: number };

/** The number of the latest change in the cloud. */
export function latestCloudChange(world: World): number {
  prepareGraph(world);
  return lastSequence(world.database);
}

/** The synced users that were changed after a number of the change log, by whomever. */
export function changedSyncedUsers(world: World, after: number): CloudChanges {
  const upTo = latestCloudChange(world);
  if (upTo === after) return { immutableIds: [], upTo };
  const rows = world.database
    .prepare(
      `SELECT DISTINCT json_extract(o.body, '$.onPremisesImmutableId') AS anchor FROM graph_changes c JOIN graph_objects o ON o.id = c.object_id
       WHERE c.sequence > ? AND c.sequence <= ? AND o.kind = 'user'`,
    )
    .all(after, upTo);
  return { immutableIds: rows.flatMap((row) => (typeof row['anchor'] === 'string' ? [row['anchor']] : [])), upTo };
}
