import { type Kysely, sql } from 'kysely';
import { createHash } from 'node:crypto';
import { DEFAULT_MIGRATION_TABLE, type MigrationProvider, Migrator } from 'kysely/migration';
import { GatehouseError } from '../errors.ts';
import { firstMigration } from './migrations/0001-first.ts';
import { lifecycleMigration } from './migrations/0002-lifecycle.ts';
import { auditChainMigration } from './migrations/0003-audit-chain.ts';
import { graphDoorMigration } from './migrations/0004-graph-door.ts';
import { modesMigration } from './migrations/0005-modes.ts';
import { quotaMigration } from './migrations/0006-quota.ts';
import { errandMigration } from './migrations/0007-errands.ts';
import { erasureMigration } from './migrations/0008-erasure.ts';
import { traceMigration } from './migrations/0009-trace.ts';
import type { Database } from './schema.ts';

const migrations = {
  '0001-first': firstMigration,
  '0002-lifecycle': lifecycleMigration,
  '0003-audit-chain': auditChainMigration,
  '0004-graph-door': graphDoorMigration,
  '0005-modes': modesMigration,
  '0006-quota': quotaMigration,
  '0007-errands': errandMigration,
  '0008-erasure': erasureMigration,
  '0009-trace': traceMigration,
};

/** Names the schema that `migrate` brings about: another one for every other set of statements. */
export const schemaName = createHash('sha256')
  .update(JSON.stringify(Object.entries(migrations).map(([name, { statements }]) => [name, statements])))
  .digest('hex')
  .slice(0, 16);

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(migrations) };

/**
 * Brings the registry's schema up to date; does nothing where it is. There is no way back: a schema that a newer version of Gatehouse has made is refused before anything is read or
 * written. Throws `store-unavailable` with what failed, and what to do.
 */
export async function migrate(database: Kysely<Database>): Promise<void> {
  if (await isUpToDate(database)) return;
  const migrator = new Migrator({ db: database, provider });
  await refuseNewer(database, migrator);
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error === undefined) return;
  // Another process that is just being upgraded may have been faster: then the schema is newer now.
  await refuseNewer(database, migrator);
  throw new GatehouseError(
    'store-unavailable',
    `The registry's migration ${failed?.migrationName ?? ''} failed, and nothing of it was done: ${error instanceof Error ? error.message : 'no reason given'}. The version before still works on this registry.`,
    { cause: error },
  );
}

/** Migrator keeps the names of what was carried out in this table (https://kysely.dev/docs/migrations). */
async function refuseNewer(database: Kysely<Database>, migrator: Migrator): Promise<void> {
  const isNew = (await migrator.getMigrations()).every(({ executedAt }) => executedAt === undefined);
  if (isNew) return;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(database);
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) return;
  throw new GatehouseError(
    'store-unavailable',
    `The registry was made by a newer version of Gatehouse: this version does not know its ${unknown.join(', ')}. Start that version or a later one; to go back to this one, restore the backup from before the upgrade (docs/operations.md). Nothing was changed.`,
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
