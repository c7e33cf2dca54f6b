import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { World } from '../foundation/world.ts';
import type { Attributes } from './scim/schema.ts';

/** Which kind of resource a row holds. */
export type ResourceName = 'User' | 'Group';

/** A resource as it is kept. `version` changes with every change; times in milliseconds of the world. */
export type StoredResource = {
  readonly type: ResourceName;
  readonly id: string;
  readonly version: string;
  readonly created: number;
  readonly modified: number;
  readonly attributes: Attributes;
};

/** What a resource is found by without reading all: `key` is unique in its type. */
export type ResourceKeys = { readonly key: string; readonly externalId: string | null; readonly employeeNumber: string | null };

/** The columns by which resources can be looked up. */
export type IndexedColumn = 'id' | 'key' | 'external_id' | 'employee_number';

/** Creates the tables of the identity domain. */
export function prepareResources(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS oci_resources (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, external_id TEXT, employee_number TEXT,
      version TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL, attributes TEXT NOT NULL, UNIQUE (type, key));
    CREATE INDEX IF NOT EXISTS oci_resources_external ON oci_resources (type, external_id);
    CREATE INDEX IF NOT EXISTS oci_resources_employee ON oci_resources (type, employee_number);
    CREATE TABLE IF NOT EXISTS oci_members (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, group_id TEXT NOT NULL, user_id TEXT NOT NULL, added INTEGER NOT NULL, UNIQUE (group_id, user_id));
    CREATE INDEX IF NOT EXISTS oci_members_user ON oci_members (user_id);
    CREATE TABLE IF NOT EXISTS oci_credentials (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, user_id TEXT NOT NULL, description TEXT, created INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS oci_credential_values (id TEXT PRIMARY KEY, attributes TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS oci_credentials_user ON oci_credentials (user_id, kind);
    CREATE TABLE IF NOT EXISTS oci_app_roles (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, app_id TEXT NOT NULL, app_name TEXT NOT NULL, admin INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS oci_grants (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, role_id TEXT NOT NULL, created INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS oci_grants_user ON oci_grants (user_id);
    CREATE TABLE IF NOT EXISTS oci_factors (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS oci_factors_user ON oci_factors (user_id);
    CREATE TABLE IF NOT EXISTS oci_mails (sequence INTEGER PRIMARY KEY AUTOINCREMENT, user_id TEXT NOT NULL, recipient TEXT NOT NULL, kind TEXT NOT NULL, sent_at INTEGER NOT NULL)`);
}

/** A new SCIM id: 32 hexadecimal digits. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** The resource with the id, or undefined. */
export function findResource(database: DatabaseSync, type: ResourceName, id: string): StoredResource | undefined {
  const row = database.prepare('SELECT * FROM oci_resources WHERE type = ? AND id = ?').get(type, id);
  return row === undefined ? undefined : fromRow(row);
}

/** The id of the resource that holds the unique key (a user's name, a group's display name, in lower case). */
export function holderOfKey(database: DatabaseSync, type: ResourceName, key: string): string | undefined {
  const row = database.prepare('SELECT id FROM oci_resources WHERE type = ? AND key = ?').get(type, key);
  return row === undefined ? undefined : String(row['id']);
}

/** All resources of a type in the order of their creation, or those with a value in an indexed column. */
export function readResources(
  database: DatabaseSync,
  type: ResourceName,
  where?: { readonly column: IndexedColumn; readonly value: string },
): readonly StoredResource[] {
  const all = 'SELECT * FROM oci_resources WHERE type = ?';
  const rows =
    where === undefined
      ? database.prepare(`${all} ORDER BY sequence`).all(type)
      : database.prepare(`${all} AND ${where.column} = ? ORDER BY sequence`).all(type, where.value);
  return rows.map(fromRow);
}

/** One page of a type in the order of creation, without reading the rest. */
export function readResourcePage(
  database: DatabaseSync,
  type: ResourceName,
  page: { readonly offset: number; readonly count: number },
): readonly StoredResource[] {
  return database
    .prepare('SELECT * FROM oci_resources WHERE type = ? ORDER BY sequence LIMIT ? OFFSET ?')
    .all(type, page.count, page.offset)
    .map(fromRow);
}

/** How many resources of the type there are. */
export function countResources(database: DatabaseSync, type: ResourceName): number {
  return Number(database.prepare('SELECT COUNT(*) AS n FROM oci_resources WHERE type = ?').get(type)?.['n'] ?? 0);
}

/** Adds a resource, or replaces one, under a new version. */
export function saveResource(
  world: World,
  resource: Omit<StoredResource, 'version' | 'created' | 'modified'>,
  keys: ResourceKeys,
): StoredResource {
  const now = world.now();
  const { type, id, attributes } = resource;
  world.database
    .prepare(
      `INSERT INTO oci_resources (type, id, key, external_id, employee_number, version, created, modified, attributes) VALUES (?,?,?,?,?,?,?,?,?)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, external_id = excluded.external_id, employee_number = excluded.employee_number,
         version = excluded.version, modified = excluded.modified, attributes = excluded.attributes`,
    )
    .run(type, id, keys.key, keys.externalId, keys.employeeNumber, newId(), now, now, JSON.stringify(attributes));
  const saved = findResource(world.database, type, id);
  if (saved === undefined) throw new Error(`${type} ${id} was not saved`);
  return saved;
}

/** Deletes a resource with its memberships, credentials, factors and grants. */
export function deleteResource(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM oci_members WHERE group_id = ? OR user_id = ?').run(id, id);
  database.prepare('DELETE FROM oci_credential_values WHERE id IN (SELECT id FROM oci_credentials WHERE user_id = ?)').run(id);
  database.prepare('DELETE FROM oci_credentials WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM oci_grants WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM oci_factors WHERE user_id = ?').run(id);
  database.prepare('DELETE FROM oci_resources WHERE id = ?').run(id);
}

function fromRow(row: Readonly<Record<string, unknown>>): StoredResource {
  return {
    type: row['type'] === 'Group' ? 'Group' : 'User',
    id: String(row['id']),
    version: String(row['version']),
    created: Number(row['created']),
    modified: Number(row['modified']),
    attributes: JSON.parse(String(row['attributes'])) as Attributes,
  };
}
