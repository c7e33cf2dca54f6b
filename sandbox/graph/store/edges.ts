import type { DatabaseSync } from 'node:sqlite';

/** A relation between two directory objects: `source` is the group, the role, the unit, the device or the report; `target` the member, the owner, the user, the manager or the sponsor. */
export type Relation =
  | 'members'
  | 'owners'
  | 'manager'
  | 'sponsors'
  | 'roleMembers'
  | 'registeredOwners'
  | 'registeredUsers'
  | 'unitMembers';

/** Ids of the targets, by id. */
export function targetsOf(database: DatabaseSync, relation: Relation, source: string): readonly string[] {
  return database
    .prepare('SELECT target FROM graph_edges WHERE relation = ? AND source = ? ORDER BY target')
    .all(relation, source)
    .map((row) => String(row['target']));
}

/** Ids of the sources, by id. */
export function sourcesOf(database: DatabaseSync, relation: Relation, target: string): readonly string[] {
  return database
    .prepare('SELECT source FROM graph_edges WHERE relation = ? AND target = ? ORDER BY source')
    .all(relation, target)
    .map((row) => String(row['source']));
}

/** Adds an edge. False when it was there already. */
export function addEdge(database: DatabaseSync, relation: Relation, source: string, target: string): boolean {
  return database.prepare('INSERT OR IGNORE INTO graph_edges VALUES (?, ?, ?)').run(relation, source, target).changes === 1;
}

/** Removes an edge. False when it was not there. */
export function removeEdge(database: DatabaseSync, relation: Relation, source: string, target: string): boolean {
  return (
    database.prepare('DELETE FROM graph_edges WHERE relation = ? AND source = ? AND target = ?').run(relation, source, target).changes === 1
  );
}

/** Makes `target` the only one, or none when it is null. False when that was so already. */
export function setEdge(database: DatabaseSync, relation: Relation, source: string, target: string | null): boolean {
  const before = targetsOf(database, relation, source);
  if (before.length === (target === null ? 0 : 1) && (target === null || before[0] === target)) return false;
  database.prepare('DELETE FROM graph_edges WHERE relation = ? AND source = ?').run(relation, source);
  if (target !== null) addEdge(database, relation, source, target);
  return true;
}
