import type { DatabaseSync } from 'node:sqlite';

/** User properties that a filter of the form `property eq 'value'` finds by index. */
export const indexedUserProperties = ['userPrincipalName', 'employeeId', 'onPremisesImmutableId', 'mail', 'mailNickname'] as const;

const indexes = indexedUserProperties.map(
  (name) => `CREATE INDEX IF NOT EXISTS graph_objects_${name} ON graph_objects (lower(json_extract(body, '$.${name}')));`,
);

const schema = `
  CREATE TABLE IF NOT EXISTS graph_objects (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0, visible_at INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS graph_objects_kind ON graph_objects (kind, deleted);
  ${indexes.join('\n  ')}
  CREATE TABLE IF NOT EXISTS graph_edges (
    relation TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (relation, source, target)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS graph_edges_target ON graph_edges (relation, target);
  CREATE TABLE IF NOT EXISTS graph_addresses (address TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (address, id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS graph_addresses_id ON graph_addresses (id);
  CREATE TABLE IF NOT EXISTS graph_seats (sku_id TEXT NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (sku_id, user_id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS graph_seats_user ON graph_seats (user_id);
  CREATE TABLE IF NOT EXISTS graph_private (id TEXT PRIMARY KEY, cloud_managed INTEGER NOT NULL DEFAULT 0, shared_mailbox INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS graph_awaited_managers (user_id TEXT PRIMARY KEY, immutable_id TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS graph_methods (
    id TEXT NOT NULL, user_id TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (user_id, id));
  CREATE TABLE IF NOT EXISTS graph_skus (sku_id TEXT PRIMARY KEY, part_number TEXT NOT NULL, enabled INTEGER NOT NULL, plans TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS graph_messages (
    item_id TEXT PRIMARY KEY, immutable_id TEXT NOT NULL, mailbox TEXT NOT NULL, folder TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS graph_messages_folder ON graph_messages (mailbox, folder, position);
  CREATE TABLE IF NOT EXISTS graph_app_roles (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, resource_id TEXT NOT NULL, app_role_id TEXT NOT NULL, created TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS graph_app_roles_user ON graph_app_roles (user_id);
  CREATE TABLE IF NOT EXISTS graph_packages (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, package_id TEXT NOT NULL, settles_at INTEGER NOT NULL, ending INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS graph_mailbox_settings (user_id TEXT PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS graph_eligibilities (id TEXT PRIMARY KEY, body TEXT NOT NULL);
`;

const prepared = new WeakSet<DatabaseSync>();

/** Makes the tenant's tables where they are missing. */
export function prepareTables(database: DatabaseSync): void {
  if (prepared.has(database)) return;
  database.exec(schema);
  prepared.add(database);
}
