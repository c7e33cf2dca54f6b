import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** One step of the schema: statements that are carried out in order, once. */
export type SchemaChange = Migration & { readonly statements: readonly string[] };

/** A step of the schema by its statements. */
export function schemaChange(statements: readonly string[]): SchemaChange {
  return {
    statements,
    async up(database: Kysely<unknown>): Promise<void> {
      for (const statement of statements) await sql.raw(statement).execute(database);
    },
  };
}
