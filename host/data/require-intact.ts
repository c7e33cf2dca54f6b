import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';

// The check reads every page: above this size it would delay the start for seconds, and damage shows when it is met.
const CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * Looks at a database before anything may write to it; a file that is not there is fine. Throws `HostError` where it is
 * damaged, is no database, or has a later schema than `newest` (`PRAGMA user_version`). The file is left as it is, for whoever has to repair it.
 */
export function requireIntact(file: string, newest: number): void {
  if (!existsSync(file)) return;
  let version: number;
  try {
    version = versionOf(file);
  } catch (error) {
    // Whoever opens it says that it is in use.
    if (/locked|busy/i.test(messageOf(error))) return;
    throw new HostError(
      `The database ${file} cannot be used: ${messageOf(error)}. It has been left as it is. Restore it, with its -wal file, from a backup, or move both away to start with an empty one.`,
    );
  }
  if (version > newest)
    throw new HostError(
      `The database ${file} has the schema version ${version}; this host knows ${newest}. Use the host that wrote it, or another data folder.`,
    );
}

function versionOf(file: string): number {
  const { size } = statSync(file);
  if (size === 0 && !isNew(file)) throw new Error('it is empty, it was cut off');
  // Opened for reading only: closing it must not bring its log into a file that is damaged.
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    if (size <= CHECKED_BYTES) requireSound(database);
    return Number(first(database, 'PRAGMA user_version'));
  } finally {
    database.close();
  }
}

function requireSound(database: DatabaseSync): void {
  const answer = first(database, 'PRAGMA quick_check(1)');
  if (answer !== 'ok') throw new Error(`it is damaged (${String(answer).replaceAll(/\s+/g, ' ')})`);
}

// A host that was killed in the first moment of its life leaves an empty file, and nothing else but its lock.
function isNew(file: string): boolean {
  return readdirSync(dirname(file)).every((name) => name.startsWith('lock.sqlite') || name.startsWith(basename(file)));
}

function first(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}
