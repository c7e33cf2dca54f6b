import type { World } from '../../foundation/world.ts';

/** How many users the tenant has, deleted ones aside. */
export function countUsers(world: World): number {
  return Number(world.database.prepare("SELECT count(*) AS n FROM graph_objects WHERE kind = 'user' AND deleted = 0").get()?.['n']);
}
