import { schemaChange } from './schema-change.ts';

const statements = [
  `alter table fact add column revision bigint, add column occurred_at bigint not null default 0,
    add column state text not null default 'counted' check (state in ('counted','held','rejected'))`,
  // Of a worker's facts that were kept by one event, the newest counts.
  `delete from fact older using fact newer
    where older.source = newer.source and older.worker_id = newer.worker_id and older.event_id = newer.event_id and older.id < newer.id`,
  `create unique index fact_once on fact (source, worker_id, event_id)`,
  `alter table person add column standing text not null default 'none'
    check (standing in ('coming','active','leave','leaving','left','withdrawn','none')),
    add column ends_at bigint, add column reconsider_at bigint`,
  `create index person_reconsider on person (reconsider_at) where reconsider_at is not null`,
  `create index person_ends on person (ends_at) where ends_at is not null`,
  `alter table run drop constraint run_state_check`,
  `alter table run add constraint run_state_check
    check (state in ('pending','planned','starting','active','held','done','done-with-gaps','failed','superseded','cancelled','unknown'))`,
  `alter table run add column trigger text not null default 'joiner', add column asked_by text not null default 'source', add column batch_id text,
    add column plan_id text, add column released_by text`,
  `create index run_batch on run (batch_id) where batch_id is not null and state in ('pending','held')`,
  `alter table step add column claim jsonb`,
  `alter table hold add column approvals int not null default 1, add column resolution text, add column resolved_by text, add column resolved_why text`,
  `create table approval (
    hold_id text not null references hold, actor text not null, oid text, reason text not null, at bigint not null, primary key (hold_id, actor))`,
  `create table lock (
    person_id text not null references person, owner text not null check (owner in ('hr','operator','security')), reason text not null,
    placed_by text not null, since bigint not null, lifted_at bigint, lifted_by text)`,
  `create unique index lock_once on lock (person_id, owner) where lifted_at is null`,
  `create table batch (
    id text primary key, source text not null, state text not null check (state in ('judging','admitted','held','cancelled')), at bigint not null)`,
  `create index inbox_batch on inbox (batch_id) where batch_id is not null and state = 'received'`,
  `create table plan (
    id text primary key, hash text not null, workflow text not null, definition_hash text not null references definition, people jsonb not null,
    body text not null, asked_by text not null, at bigint not null)`,
  `create table sweep (
    id text primary key, started_at bigint not null, ended_at bigint, looked int not null, found int not null, repaired int not null, raised int not null)`,
  `create table repair (
    person_id text not null references person, target text not null, thing text not null, times int not null, first_at bigint not null,
    last_at bigint not null, primary key (person_id, target, thing))`,
  `create table pause (single boolean primary key default true check (single), paused_by text not null, reason text not null, since bigint not null)`,
  `create table population (day text not null, key text not null, count int not null, primary key (key, day))`,
] as const;

/** The whole lifecycle: facts with their times, how people stand, locks, batches, plans, sweeps, and how holds are decided. */
export const lifecycleMigration = schemaChange(statements);
