import { schemaChange } from './schema-change.ts';

const statements = [
  `create table errand (
    change_id text primary key, run_id text not null references run, step_id text not null, position int not null, change jsonb not null,
    attempt int not null, state text not null check (state in ('asked','begun','answered','taken')), asked_at bigint not null,
    sent_at bigint, begun_at bigint, answer jsonb)`,
  `create index errand_run on errand (run_id)`,
  `create index errand_open on errand (asked_at) where state in ('asked','begun')`,
  `create table look (id text primary key, kind text not null, input jsonb not null, answer jsonb, asked_at bigint not null)`,
  `create table sealed (name_digest text primary key, value text not null, expires_at bigint not null)`,
] as const;

/** Privileged changes that one process asks of another, looks at targets, and what was sealed by one for another. */
export const errandMigration = schemaChange(statements);
