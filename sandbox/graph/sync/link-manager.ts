import type { World } from '../../foundation/world.ts';
import { setEdge } from '../store/edges.ts';
import { findUsers } from '../store/objects.ts';

/** Links the user to the manager with this anchor, or remembers the anchor until that manager is synced. Says whether the link changed. */
export function linkManager(world: World, userId: string, managerAnchor: string | null): boolean {
  const { database } = world;
  const manager =
    managerAnchor === null
      ? undefined
      : findUsers(world, 'onPremisesImmutableId', managerAnchor).find((user) => user.onPremisesImmutableId === managerAnchor);
  database.prepare('DELETE FROM graph_awaited_managers WHERE user_id = ?').run(userId);
  if (manager === undefined && managerAnchor !== null)
    database.prepare('INSERT INTO graph_awaited_managers VALUES (?, ?)').run(userId, managerAnchor);
  return setEdge(database, 'manager', userId, manager?.id ?? null);
}

/** Links those who wait for the manager with this anchor. */
export function linkAwaitingReports(world: World, managerId: string, anchor: string): void {
  const waiting = world.database.prepare('DELETE FROM graph_awaited_managers WHERE immutable_id = ? RETURNING user_id').all(anchor);
  for (const row of waiting) setEdge(world.database, 'manager', String(row['user_id']), managerId);
}
