import { DatabaseSync } from 'node:sqlite';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { requireIntact } from './require-intact.ts';
import { SCHEMA_STEPS } from './schema.ts';
import type { SyncMode } from './sync-mode.ts';

/**
 * Opens the host's database, made new where there is none. Write-ahead log (https://sqlite.org/wal.html): what was
 * committed survives what `sync` says; the file is intact after a power failure in either mode.
 * Throws `HostError` where the file is damaged, is no database, or was written by another version.
 */
export function openDatabase(file: string, sync: SyncMode = 'normal'): DatabaseSync {
  requireIntact(file, SCHEMA_STEPS.length);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync}; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;`,
    );
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw new HostError(
      `The database ${file} cannot be opened: ${messageOf(error)}. Restore it from a backup, or move it away to start with an empty one.`,
    );
  }
}

function migrate(database: DatabaseSync): void {
  const newest = SCHEMA_STEPS.length;
  const version = Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0]);
  if (version === newest) return;
  database.exec(`BEGIN; ${SCHEMA_STEPS.slice(version).join('')} PRAGMA user_version = ${newest}; COMMIT;`);
}
