import { type Kysely, sql } from 'kysely';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openEmbedded } from '../../shared/registry/open-embedded.ts';
import { overPool } from '../../shared/registry/over-pool.ts';
import { registryOver } from '../../shared/registry/registry-over.ts';
import type { Database } from '../../shared/registry/schema.ts';

type Kept = { readonly normal: Kysely<Database>; readonly ingest: Kysely<Database>; readonly tables: readonly string[] };

const free: Kept[] = [];

/**
 * An empty registry in PGlite. Starting PGlite takes seconds of processor time, emptying one takes none: what a test closes is emptied and given to the next test
 * file of this worker. For tests of PGlite itself, of its folder or of its end, use `openRegistry`.
 */
export async function freshRegistry(): Promise<Registry> {
  const kept = free.pop() ?? (await start());
  return registryOver(kept, async () => {
    await empty(kept);
    free.push(kept);
  });
}

async function start(): Promise<Kept> {
  const pool = await openEmbedded(null);
  const normal = overPool(pool);
  const ingest = overPool({ options: {}, connect: () => pool.connectFirst(), end: () => Promise.resolve() });
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_%'`.execute(normal);
  const tables = rows.map(({ name }) => name);
  // What the migrations put into tables, such as the head of the audit's chain, is there again after each emptying.
  await sql.raw('create schema first').execute(normal);
  for (const name of tables) await sql.raw(`create table first.${name} as table ${name}`).execute(normal);
  return { normal, ingest, tables };
}

async function empty({ normal, tables }: Kept): Promise<void> {
  await sql.raw(`truncate ${tables.join(', ')} restart identity`).execute(normal);
  for (const name of tables) await sql.raw(`insert into ${name} overriding system value select * from first.${name}`).execute(normal);
}
