import { schemaChange } from './schema-change.ts';

const statements = [
  `create table inbox (
    inbox_id text primary key, source text not null, event_id text not null, body_hash text not null, batch_id text,
    worker_id text not null, occurred_at bigint not null, received_at bigint not null, urgent boolean not null,
    body text not null, state text not null check (state in ('received','folded','stale','held','rejected')), reason text,
    unique (source, event_id))`,
  `create index inbox_waiting on inbox (received_at) where state in ('received','held')`,
  `create table rejected_event (
    id bigint generated always as identity primary key, source text not null, received_at bigint not null, reason text not null, excerpt text not null)`,
  `create table outbox (
    id text primary key, topic text not null, inbox_id text not null references inbox, session_id text not null,
    due_at bigint not null, attempts int not null, sent_at bigint)`,
  `create index outbox_unsent on outbox (due_at) where sent_at is null`,
  `create table person (id text primary key, epoch int not null, display_name text not null, baseline boolean not null)`,
  `create table engagement (
    source text not null, worker_id text not null, person_id text not null references person, worker jsonb not null, manager_id text,
    revision bigint, occurred_at bigint not null, event_id text not null, primary key (source, worker_id))`,
  `create index engagement_person on engagement (person_id)`,
  `create index engagement_worker on engagement (worker_id)`,
  `create index engagement_manager on engagement (source, manager_id)`,
  `create table fact (
    id bigint generated always as identity primary key, source text not null, worker_id text not null, event_id text not null,
    worker jsonb not null, holds_from bigint not null, learnt_at bigint not null)`,
  `create index fact_worker on fact (source, worker_id)`,
  `create table account_link (
    target text not null, native_id text not null, person_id text not null references person,
    kind text not null check (kind in ('primary','admin','guest','service')), how text not null, anchor text,
    since bigint not null, ended_at bigint, primary key (target, native_id))`,
  `create index account_link_person on account_link (person_id)`,
  `create table name (
    scope text not null, folded text not null, attribute text not null, value text not null, person_id text not null references person,
    primary key (scope, folded))`,
  `create index name_person on name (person_id)`,
  `create table holding (
    person_id text not null references person, target text not null, object text not null, kind text not null,
    primary key (person_id, target, object))`,
  `create table holding_reason (
    person_id text not null, target text not null, object text not null, kind text not null, reference text not null,
    from_at bigint not null, until_at bigint, primary key (person_id, target, object, kind, reference),
    foreign key (person_id, target, object) references holding)`,
  `create table definition (hash text primary key, body text not null)`,
  `create table run (
    id text primary key, person_id text not null references person, workflow text not null, definition_hash text not null references definition,
    lane text not null check (lane in ('contain','work')), epoch int not null,
    state text not null check (state in ('planned','starting','active','held','done','done-with-gaps','failed','superseded','cancelled','unknown')),
    due_at bigint not null, attempt int not null, cause text not null, created_at bigint not null, started_at bigint, starting_at bigint,
    ended_at bigint, note text)`,
  `create unique index run_lane on run (person_id, lane) where state in ('starting','active')`,
  `create index run_due on run (due_at) where state = 'planned'`,
  `create index run_starting on run (starting_at) where state = 'starting'`,
  `create index run_person on run (person_id)`,
  `create index run_state on run (state, id)`,
  `create table step (
    run_id text not null references run, step_id text not null, position int not null, task text not null, state text not null,
    summary text not null, gaps int not null, attempts int not null, first_at bigint not null, last_at bigint not null, primary key (run_id, step_id))`,
  `create table intent (
    change_id text primary key, run_id text not null references run, step_id text not null, position int not null,
    person_id text not null references person, object_key text not null, lane text not null, epoch int not null, change jsonb not null,
    state text not null check (state in ('open','closed')), lease_until bigint not null, sent_at bigint, object_id text, request_id text,
    observed_before jsonb, outcome jsonb, opened_at bigint not null, closed_at bigint)`,
  `create unique index intent_object on intent (object_key, lane) where state = 'open'`,
  `create index intent_run on intent (run_id)`,
  `create table audit (
    sequence bigint generated always as identity primary key, at bigint not null, actor text not null, action text not null,
    person_id text, run_id text, target text, detail jsonb not null)`,
  `create index audit_person on audit (person_id, sequence)`,
  `create index audit_run on audit (run_id, sequence)`,
  `create table hold (
    id text primary key, at bigint not null, kind text not null, reference text not null, person_id text, code text not null,
    message text not null, resolved_at bigint)`,
  `create unique index hold_once on hold (reference, code) where resolved_at is null`,
  `create table budget (key text not null, reference text not null, at bigint not null, primary key (key, reference))`,
  `create index budget_window on budget (key, at)`,
  `create table baseline (key text primary key, completed_at bigint not null, summary text not null)`,
] as const;

/** The registry's first shape. A landed migration is never edited: the next change is the next file. */
export const firstMigration = schemaChange(statements);
