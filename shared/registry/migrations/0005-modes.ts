import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [`create table mode (key text primary key, mode text not null check (mode in ('observe','plan','enforce')))`] as const;

/** How far each source, target and workflow was allowed to go. */
export const modesMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
