import type { Kysely } from 'kysely';
import type { Registry, Stores } from '../ports/registry/registry.ts';
import { migrate } from './migrate.ts';
import { openEmbedded } from './open-embedded.ts';
import { overPool } from './over-pool.ts';
import type { PostgresPlace } from './postgres-address.ts';
import { openPostgresPool } from './postgres-pool.ts';
import type { Database } from './schema.ts';
import { storesOn } from './stores-on.ts';

/** Where the registry lives: a PostgreSQL, or a folder for PGlite (null: one of its own that is gone when it is closed, for tests). */
export type RegistryPlace = PostgresPlace | { readonly folder: string | null };

/** Opens the registry and brings its schema up to date. */
export async function openRegistry(place: RegistryPlace): Promise<Registry> {
  const { normal, ingest } = 'url' in place ? postgres(place) : await pglite(place.folder);
  await migrate(normal);
  return {
    stores: storesOn(normal),
    ingest: storesOn(ingest),
    transaction: (work, options) => inTransaction(options?.priority === 'ingest' ? ingest : normal, work),
    async probe() {
      await storesOn(ingest).people.count();
    },
    close: () => normal.destroy(),
  };
}

type Databases = { readonly normal: Kysely<Database>; readonly ingest: Kysely<Database> };

function postgres(place: PostgresPlace): Databases {
  const database = overPool(openPostgresPool(place));
  return { normal: database, ingest: database };
}

async function pglite(folder: string | null): Promise<Databases> {
  const pool = await openEmbedded(folder);
  return { normal: overPool(pool), ingest: overPool({ options: {}, connect: () => pool.connectFirst(), end: () => Promise.resolve() }) };
}

const repeatable = new Set(['40001', '40P01']);
const attempts = 5;

async function inTransaction<T>(database: Kysely<Database>, work: (stores: Stores) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => work(storesOn(transaction)));
    } catch (error) {
      if (attempt >= attempts || !repeatable.has(sqlState(error) ?? '')) throw error;
    }
  }
}

function sqlState(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
