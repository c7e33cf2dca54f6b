import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';

/** A lock that is held until `release` is called or the process ends. */
export type FolderLock = { release(): void };

/**
 * Creates the data folder and locks it for this process alone. The lock is SQLite's own exclusive file lock on
 * `lock.sqlite` (https://sqlite.org/lockingv3.html), which the operating system releases when a process dies in
 * whatever way, so a killed host leaves nothing behind that has to be cleaned up.
 * Throws `HostError` where another host holds the lock or the folder cannot be written.
 */
export function lockDataFolder(folder: string): FolderLock {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = new DatabaseSync(join(folder, 'lock.sqlite'));
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (/locked|busy/i.test(messageOf(error))) {
      throw new HostError(
        `The data folder ${folder} is in use by another host. Stop that host, or give this one another folder with --data.`,
      );
    }
    if (/not a database|malformed/i.test(messageOf(error)))
      throw new HostError(`The lock file ${join(folder, 'lock.sqlite')} is damaged. It holds nothing: delete it, and start again.`);
    throw new HostError(
      `The data folder ${folder} cannot be used: ${messageOf(error)}. Give a folder that this user may write with --data.`,
    );
  }
}
