import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../../foundation/world.ts';
import type { AssignedLicense, DirectoryObject, EntityOf, ObjectKind, User } from './entities.ts';
import type { indexedUserProperties } from './tables.ts';

type Row = { readonly kind: ObjectKind; readonly body: string };

/** The object with this id that is neither deleted nor still unseen because its replication is under way. */
export function readObject(world: World, id: string): DirectoryObject | undefined {
  const row = world.database
    .prepare('SELECT kind, body FROM graph_objects WHERE id = ? AND deleted = 0 AND visible_at <= ?')
    .get(id.toLowerCase(), world.now());
  return row === undefined ? undefined : fromRow(row as Row);
}

/** Like `readObject`, narrowed to one kind. */
export function readKind<K extends ObjectKind>(world: World, kind: K, id: string): EntityOf[K] | undefined {
  const found = readObject(world, id);
  return found?.kind === kind ? (found.entity as EntityOf[K]) : undefined;
}

/** All objects of a kind that are neither deleted nor unseen, by id. */
export function listKind<K extends ObjectKind>(world: World, kind: K): readonly EntityOf[K][] {
  const rows = world.database
    .prepare('SELECT kind, body FROM graph_objects WHERE kind = ? AND deleted = 0 AND visible_at <= ? ORDER BY id')
    .all(kind, world.now());
  return rows.map((row) => fromRow(row as Row).entity as EntityOf[K]);
}

/** Users that can be seen, by id, from the first after this id on. */
export function listUsersAfter(world: World, after: string, most: number): readonly User[] {
  const rows = world.database
    .prepare("SELECT kind, body FROM graph_objects WHERE kind = 'user' AND deleted = 0 AND visible_at <= ? AND id > ? ORDER BY id LIMIT ?")
    .all(world.now(), after, most);
  return rows.map((row) => fromRow(row as Row).entity as User);
}

/** Ids of the objects of a kind that can be seen, in their order, from the first after an id on, all or among some. */
export function listIdsAfter(
  world: World,
  kind: ObjectKind,
  query: { readonly after: string; readonly most: number; readonly among: readonly string[] | undefined },
): readonly string[] {
  const among = query.among === undefined ? null : JSON.stringify(query.among);
  return world.database
    .prepare(
      `SELECT id FROM graph_objects WHERE kind = ? AND deleted = 0 AND visible_at <= ? AND id > ?
       AND (? IS NULL OR id IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?`,
    )
    .all(kind, world.now(), query.after, among, among, query.most)
    .map((row) => String(row['id']));
}

/** Deleted objects of a kind, by id. */
export function listDeleted<K extends ObjectKind>(world: World, kind: K): readonly EntityOf[K][] {
  const rows = world.database.prepare('SELECT kind, body FROM graph_objects WHERE kind = ? AND deleted = 1 ORDER BY id').all(kind);
  return rows.map((row) => fromRow(row as Row).entity as EntityOf[K]);
}

/** The deleted object with this id. */
export function readDeleted(world: World, id: string): DirectoryObject | undefined {
  const row = world.database.prepare('SELECT kind, body FROM graph_objects WHERE id = ? AND deleted = 1').get(id.toLowerCase());
  return row === undefined ? undefined : fromRow(row as Row);
}

/** A property by which users are found through an index. */
export type IndexedUserProperty = (typeof indexedUserProperties)[number];

/** Users, unseen ones included, whose property has this value, letter case aside; deleted ones on request. The value must be ASCII: SQLite folds no other letters. */
export function findUsers(world: World, property: IndexedUserProperty, value: string, deleted: boolean = false): readonly User[] {
  const rows = world.database
    .prepare(`SELECT kind, body FROM graph_objects WHERE kind = 'user' AND deleted = ? AND lower(json_extract(body, '$.${property}')) = ?`)
    .all(deleted ? 1 : 0, value.toLowerCase());
  return rows.map((row) => fromRow(row as Row).entity as User);
}

/** Whether the object can be seen yet. */
export function isVisible(world: World, id: string): boolean {
  return world.database.prepare('SELECT 1 FROM graph_objects WHERE id = ? AND visible_at <= ?').get(id, world.now()) !== undefined;
}

/** Stores a new object, seen by other calls once the replication delay is over. */
export function insertObject(world: World, object: DirectoryObject): void {
  const visibleAt = world.settings.graph.replicationDelayMs === 0 ? 0 : world.now() + world.settings.graph.replicationDelayMs;
  world.database
    .prepare('INSERT INTO graph_objects (id, kind, visible_at, body) VALUES (?, ?, ?, ?)')
    .run(object.entity.id, object.kind, visibleAt, JSON.stringify(object.entity));
  keepLookups(world.database, object.entity);
}

/** Writes an object back; it counts as deleted while it has a `deletedDateTime`. */
export function updateObject(database: DatabaseSync, entity: EntityOf[ObjectKind]): void {
  database
    .prepare('UPDATE graph_objects SET body = ?, deleted = ? WHERE id = ?')
    .run(JSON.stringify(entity), entity.deletedDateTime === null ? 0 : 1, entity.id);
  keepLookups(database, entity);
}

/** Id of the object that holds a proxy address, deleted objects aside. */
export function addressHolder(database: DatabaseSync, address: string): string | undefined {
  const row = database.prepare('SELECT id FROM graph_addresses WHERE address = ?').get(address.toLowerCase());
  return row === undefined ? undefined : String(row['id']);
}

/** Removes an object for good, with all that hangs on it. */
export function eraseObject(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM graph_objects WHERE id = ?').run(id);
  database.prepare('DELETE FROM graph_edges WHERE source = ? OR target = ?').run(id, id);
  database.prepare('DELETE FROM graph_methods WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM graph_messages WHERE mailbox = ?').run(id);
  database.prepare('DELETE FROM graph_app_roles WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM graph_packages WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM graph_mailbox_settings WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM graph_private WHERE id = ?').run(id);
  database.prepare('DELETE FROM graph_addresses WHERE id = ?').run(id);
  database.prepare('DELETE FROM graph_seats WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM graph_awaited_managers WHERE user_id = ?').run(id);
}

// A deleted object holds no address and no seat.
function keepLookups(database: DatabaseSync, entity: EntityOf[ObjectKind]): void {
  database.prepare('DELETE FROM graph_addresses WHERE id = ?').run(entity.id);
  database.prepare('DELETE FROM graph_seats WHERE user_id = ?').run(entity.id);
  if (entity.deletedDateTime !== null) return;
  const { proxyAddresses, assignedLicenses } = entity;
  for (const address of listOf<string>(proxyAddresses))
    database.prepare('INSERT OR IGNORE INTO graph_addresses VALUES (?, ?)').run(address.toLowerCase(), entity.id);
  // What a group gives is counted with its members.
  if (!('userPrincipalName' in entity)) return;
  for (const { skuId } of listOf<AssignedLicense>(assignedLicenses))
    database.prepare('INSERT INTO graph_seats VALUES (?, ?)').run(skuId, entity.id);
}

// Only users and groups have addresses, only users have licences; both as their types say.
function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

function fromRow(row: Row): DirectoryObject {
  // Rows are written by insertObject and updateObject only, so kind and body belong together.
  return { kind: row.kind, entity: JSON.parse(row.body) } as DirectoryObject;
}
