import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { SCHEMA_STEPS } from './schema.ts';
import type { SyncMode } from './sync-mode.ts';

// The check reads every page: above this size it would delay the start for seconds, and damage shows when it is met.
const CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * Opens the host's database, made new where there is none. Write-ahead log (https://sqlite.org/wal.html): what was
 * committed survives what `sync` says; the file is intact after a power failure in either mode.
 * Throws `HostError` where the file is damaged, is no database, or was written by another version.
 */
export function openDatabase(file: string, sync: SyncMode = 'normal'): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync}; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;`,
    );
    if (statSync(file).size <= CHECKED_BYTES) requireIntact(database);
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof HostError) throw error;
    throw new HostError(
      `The database ${file} cannot be opened: ${messageOf(error)}. Restore it from a backup, or move it away to start with an empty one.`,
    );
  }
}

function requireIntact(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA quick_check(1)').get();
  const answer = Object.values(row ?? {})[0];
  if (answer !== 'ok') throw new Error(`it is damaged (${String(answer)})`);
}

function migrate(database: DatabaseSync, file: string): void {
  const newest = SCHEMA_STEPS.length;
  const version = Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0]);
  if (version === newest) return;
  if (version > newest)
    throw new HostError(
      `The database ${file} has the schema version ${version}; this host knows ${newest}. Use the host that wrote it, or another data folder.`,
    );
  database.exec(`BEGIN; ${SCHEMA_STEPS.slice(version).join('')} PRAGMA user_version = ${newest}; COMMIT;`);
}
