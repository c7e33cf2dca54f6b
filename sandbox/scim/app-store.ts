import type { DatabaseSync } from 'node:sqlite';
import type { Attributes } from '../oci/scim/schema.ts';

export type AppResourceName = 'User' | 'Group';

/** A resource of the application as it is kept. `version` grows with every change; times in milliseconds of the world. */
export type AppResource = {
  readonly type: AppResourceName;
  readonly id: string;
  readonly version: number;
  readonly created: number;
  readonly modified: number;
  readonly attributes: Attributes;
};

/** Creates the application's table. */
export function prepareApp(database: DatabaseSync): void {
  database.exec(`CREATE TABLE IF NOT EXISTS scim_resources (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
    created INTEGER NOT NULL, modified INTEGER NOT NULL, attributes TEXT NOT NULL)`);
}

/** All resources of a type in the order of their creation. */
export function readAppResources(database: DatabaseSync, type: AppResourceName): readonly AppResource[] {
  return database.prepare('SELECT * FROM scim_resources WHERE type = ? ORDER BY sequence').all(type).map(fromRow);
}

/** The resource with the id, or undefined. */
export function findAppResource(database: DatabaseSync, type: AppResourceName, id: string): AppResource | undefined {
  const row = database.prepare('SELECT * FROM scim_resources WHERE type = ? AND id = ?').get(type, id);
  return row === undefined ? undefined : fromRow(row);
}

/** Adds a resource, or replaces one, under the next version. */
export function saveAppResource(
  database: DatabaseSync,
  resource: Pick<AppResource, 'type' | 'id' | 'attributes'>,
  now: number,
): AppResource {
  const { type, id, attributes } = resource;
  database
    .prepare(
      `INSERT INTO scim_resources (type, id, version, created, modified, attributes) VALUES (?,?,1,?,?,?)
       ON CONFLICT (id) DO UPDATE SET version = version + 1, modified = excluded.modified, attributes = excluded.attributes`,
    )
    .run(type, id, now, now, JSON.stringify(attributes));
  const saved = findAppResource(database, type, id);
  if (saved === undefined) throw new Error(`${type} ${id} was not saved`);
  return saved;
}

/** Deletes a resource. */
export function deleteAppResource(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM scim_resources WHERE id = ?').run(id);
}

function fromRow(row: Readonly<Record<string, unknown>>): AppResource {
  return {
    type: row['type'] === 'Group' ? 'Group' : 'User',
    id: String(row['id']),
    version: Number(row['version']),
    created: Number(row['created']),
    modified: Number(row['modified']),
    attributes: JSON.parse(String(row['attributes'])) as Attributes,
  };
}
