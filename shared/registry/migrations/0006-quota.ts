import { schemaChange } from './schema-change.ts';

const statements = [`create table quota (key text primary key, state text)`] as const;

/** How much of each target's quota is left, for all processes. */
export const quotaMigration = schemaChange(statements);
