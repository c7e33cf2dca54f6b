import { randomUUID } from 'node:crypto';
import type { World } from '../../foundation/world.ts';
import { addEdge, removeEdge } from '../store/edges.ts';
import { type AccessPackage, packageCatalogue } from './package-catalogue.ts';

/** An assignment of an access package. It is worked on until `settlesAt`; then it is delivered or, where `ending`, expired. */
export type StoredAssignment = {
  readonly id: string;
  readonly userId: string;
  readonly package: AccessPackage;
  readonly settlesAt: number;
  readonly ending: boolean;
};

// Entitlement management takes a while to do what it was asked.
const worksMs = 3_000;

/** All assignments, by id. */
export function listPackageAssignments(world: World): readonly StoredAssignment[] {
  return world.database
    .prepare('SELECT * FROM graph_packages ORDER BY id')
    .all()
    .flatMap((row) => {
      const found = packageCatalogue.find(({ id }) => id === row['package_id']);
      const settlesAt = Number(row['settles_at']);
      return found === undefined
        ? []
        : [{ id: String(row['id']), userId: String(row['user_id']), package: found, settlesAt, ending: row['ending'] === 1 }];
    });
}

/** The state by its name in Graph (https://learn.microsoft.com/graph/api/resources/accesspackageassignment). */
export function stateOf(world: World, { settlesAt, ending }: StoredAssignment): 'delivering' | 'delivered' | 'expired' {
  if (settlesAt > world.now()) return ending ? 'delivered' : 'delivering';
  return ending ? 'expired' : 'delivered';
}

/** Assigns a package, and gives its group. `at` is when work on it began. */
export function assignPackage(world: World, userId: string, wanted: AccessPackage, at: number = world.now()): StoredAssignment {
  const made = { id: randomUUID(), userId, package: wanted, settlesAt: at + worksMs, ending: false };
  world.database.prepare('INSERT INTO graph_packages VALUES (?, ?, ?, ?, 0)').run(made.id, userId, wanted.id, made.settlesAt);
  addEdge(world.database, 'members', wanted.groupId, userId);
  return made;
}

/** Begins to end an assignment, and takes its group away. */
export function endAssignment(world: World, { id, userId, package: { groupId } }: StoredAssignment): void {
  world.database.prepare('UPDATE graph_packages SET ending = 1, settles_at = ? WHERE id = ?').run(world.now() + worksMs, id);
  removeEdge(world.database, 'members', groupId, userId);
}
