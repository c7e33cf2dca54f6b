import { schemaChange } from './schema-change.ts';

const statements = [
  `alter table audit add column position bigint, add column hash text`,
  `create unique index audit_position on audit (position) where position is not null`,
  `create index audit_unsealed on audit (sequence) where position is null`,
  `create table audit_head (single boolean primary key check (single), position bigint not null, hash text not null, anchored bigint not null)`,
  `insert into audit_head (single, position, hash, anchored) values (true, 0, repeat('0', 64), 0)`,
  `create table audit_value (digest text primary key, salt text not null, person_id text not null, value text not null)`,
  `create index audit_value_person on audit_value (person_id)`,
] as const;

/** The audit's chain: the place and hash of each sealed row, the head, and the personal values beside the digests that the rows hold. */
export const auditChainMigration = schemaChange(statements);
