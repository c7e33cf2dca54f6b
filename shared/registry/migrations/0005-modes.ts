import { schemaChange } from './schema-change.ts';

const statements = [`create table mode (key text primary key, mode text not null check (mode in ('observe','plan','enforce')))`] as const;

/** How far each source, target and workflow was allowed to go. */
export const modesMigration = schemaChange(statements);
