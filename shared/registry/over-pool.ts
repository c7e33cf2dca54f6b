import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type { Database } from './schema.ts';

/** The registry's tables over a pool of connections. */
export function overPool(pool: PostgresPool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
