import { type Kysely, sql } from 'kysely';
import { createHash } from 'node:crypto';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { GatehouseError } from '../errors.ts';
import { firstMigration } from './migrations/0001-first.ts';
import { lifecycleMigration } from './migrations/0002-lifecycle.ts';
import { auditChainMigration } from './migrations/0003-audit-chain.ts';
import { graphDoorMigration } from './migrations/0004-graph-door.ts';
import { modesMigration } from './migrations/0005-modes.ts';
import { quotaMigration } from './migrations/0006-quota.ts';
import type { Database } from './schema.ts';

const migrations = {
  '0001-first': firstMigration,
  '0002-lifecycle': lifecycleMigration,
  '0003-audit-chain': auditChainMigration,
  '0004-graph-door': graphDoorMigration,
  '0005-modes': modesMigration,
  '0006-quota': quotaMigration,
};

/** Names the schema that `migrate` brings about: another one for every other set of statements. */
export const schemaName = createHash('sha256')
  .update(JSON.stringify(Object.entries(migrations).map(([name, { statements }]) => [name, statements])))
  .digest('hex')
  .slice(0, 16);

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(migrations) };

/** Brings the registry's schema up to date; does nothing where it is. Throws `store-unavailable` with what failed. */
export async function migrate(database: Kysely<Database>): Promise<void> {
  if (await isUpToDate(database)) return;
  const { error, results } = await new Migrator({ db: database, provider }).migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error === undefined) return;
  throw new GatehouseError(
    'store-unavailable',
    `The registry's migration ${failed?.migrationName ?? ''} failed: ${error instanceof Error ? error.message : 'no reason given'}`,
    { cause: error },
  );
}

/** The migrator looks through the whole catalog of the database first, which takes a start longer than all its other questions together. */
async function isUpToDate(database: Kysely<Database>): Promise<boolean> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
    const done = new Set(rows.map(({ name }) => name));
    return done.size === Object.keys(migrations).length && Object.keys(migrations).every((name) => done.has(name));
  } catch {
    // No such table yet, or no database at all: the migrator finds out which.
    return false;
  }
}
