import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// How long to wait for the lock of a process that is just ending.
const lockWaitMs = 700;

/** Opens `world.sqlite` in the data folder and holds it exclusively until it is closed or the process ends, however it ends.
 * Write-ahead log with `synchronous=NORMAL`: a commit survives the death of the process (https://www.sqlite.org/pragma.html#pragma_synchronous).
 * Throws an error for people when another process holds the folder. */
export function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(dataDir, 'world.sqlite'), { timeout: lockWaitMs });
  try {
    // Exclusive mode first: the operating system then owns the lock, so a killed process leaves none behind.
    database.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE; COMMIT;');
  } catch (error) {
    database.close();
    if (!isLocked(error)) throw error;
    throw new Error(
      `The sandbox's data folder ${dataDir} is in use by another sandbox. Stop that one, or set GATEHOUSE_SANDBOX_DIR to another folder.`,
      { cause: error },
    );
  }
  return database;
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}
