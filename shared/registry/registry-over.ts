import type { Kysely } from 'kysely';
import type { Registry, Stores } from '../ports/registry/registry.ts';
import type { Database } from './schema.ts';
import { storesOn } from './stores-on.ts';

/** The tables, as asked in turn and as asked by what takes in events, which goes ahead. */
export type Databases = { readonly normal: Kysely<Database>; readonly ingest: Kysely<Database> };

/** The registry on tables that have its schema. A transaction that met another one is tried again, five times in all. */
export function registryOver({ normal, ingest }: Databases, close: () => Promise<void>): Registry {
  return {
    stores: storesOn(normal),
    ingest: storesOn(ingest),
    transaction: (work, options) => inTransaction(options?.priority === 'ingest' ? ingest : normal, work),
    async probe() {
      await storesOn(ingest).people.count();
    },
    close,
  };
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
