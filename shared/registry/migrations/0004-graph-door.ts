import { schemaChange } from './schema-change.ts';

const resource = `resource text not null check (resource in ('users','groups'))`;
const statements = [
  `create table graph_subscription (
    target text not null, ${resource}, id text not null unique, state_hash text not null, expires_at bigint not null, checked_at bigint not null,
    primary key (target, resource))`,
  `create table delta_cursor (
    target text not null, ${resource}, link text, round int not null, is_full boolean not null, is_known boolean not null, wanted bigint not null,
    ended_at bigint, holder text, lease_until bigint not null, primary key (target, resource))`,
  `create table seen_user (
    target text not null, id text not null, state text not null check (state in ('enabled','disabled','deleted')), round int not null,
    primary key (target, id))`,
  `create index seen_user_round on seen_user (target, round)`,
  `create table seen_member (
    target text not null, group_id text not null, member_id text not null, is_member boolean not null, round int not null,
    primary key (target, group_id, member_id))`,
  `create index seen_member_round on seen_member (target, round)`,
  `create table foreign_change (
    id text primary key, at bigint not null, target text not null, kind text not null, object text not null, other text, person_id text references person,
    is_reopening boolean not null, settled_at bigint)`,
  `create index foreign_change_open on foreign_change (at) where is_reopening and settled_at is null`,
  `create table notice_count (fate text primary key, count bigint not null, last_at bigint not null)`,
  `create index if not exists intent_person on intent (person_id)`,
  `create index if not exists account_link_anchor on account_link (anchor) where anchor is not null`,
] as const;

/** What tenants tell of their own changes: subscriptions, where we are in their streams, what was last seen, and what others have changed. */
export const graphDoorMigration = schemaChange(statements);
