import type { DatabaseSync } from 'node:sqlite';

/** Creates the directory's tables where they do not exist: objects with their attributes as JSON, the keys of indexed attributes, links between objects,
 * password hashes, and counters. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS directory_objects (
      id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, dn TEXT NOT NULL, path TEXT NOT NULL UNIQUE, parent INTEGER, class TEXT NOT NULL,
      attributes TEXT NOT NULL, usn_created INTEGER NOT NULL, usn_changed INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS directory_objects_parent ON directory_objects (parent);
    CREATE INDEX IF NOT EXISTS directory_objects_changed ON directory_objects (usn_changed);
    CREATE TABLE IF NOT EXISTS directory_keys (
      attribute TEXT NOT NULL, key TEXT NOT NULL, object INTEGER NOT NULL, PRIMARY KEY (attribute, key, object)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS directory_keys_object ON directory_keys (object);
    CREATE TABLE IF NOT EXISTS directory_links (
      id INTEGER PRIMARY KEY AUTOINCREMENT, attribute TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, UNIQUE (attribute, source, target));
    CREATE INDEX IF NOT EXISTS directory_links_target ON directory_links (attribute, target, source);
    CREATE TABLE IF NOT EXISTS directory_resting_links (attribute TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, UNIQUE (attribute, source, target));
    CREATE INDEX IF NOT EXISTS directory_resting_links_target ON directory_resting_links (target);
    CREATE TABLE IF NOT EXISTS directory_passwords (object INTEGER PRIMARY KEY, hash TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS directory_counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
  `);
}
