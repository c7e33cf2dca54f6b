import { schemaChange } from './schema-change.ts';

const statements = [
  `alter table person add column erased_at bigint`,
  `create table erasure_salt (single boolean primary key default true check (single), salt text not null)`,
] as const;

/** That a person was erased, and what the names that they bore are salted with so that nobody else is given them. */
export const erasureMigration = schemaChange(statements);
