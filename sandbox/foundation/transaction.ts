import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one transaction: everything it wrote is kept, or nothing when it throws. Inside an open transaction it joins that one as a savepoint.
 * `work` must be synchronous: the connection is shared by all systems. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  const nested = database.isTransaction;
  database.exec(nested ? 'SAVEPOINT inner_work' : 'BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec(nested ? 'RELEASE inner_work' : 'COMMIT');
    return result;
  } catch (error) {
    database.exec(nested ? 'ROLLBACK TO inner_work; RELEASE inner_work' : 'ROLLBACK');
    throw error;
  }
}
