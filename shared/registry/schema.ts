import type { Generated } from 'kysely';

/** Columns named `…_at`, `due_at` and `lease_until` are milliseconds since the epoch (int8, parsed to number). JSON is written as text and read parsed. */
type Json = unknown;

export type InboxTable = {
  inbox_id: string;
  source: string;
  event_id: string;
  body_hash: string;
  batch_id: string | null;
  worker_id: string;
  occurred_at: number;
  received_at: number;
  urgent: boolean;
  body: string;
  state: string;
  reason: string | null;
};
export type RejectedTable = { id: Generated<number>; source: string; received_at: number; reason: string; excerpt: string };
export type OutboxTable = {
  id: string;
  topic: string;
  inbox_id: string;
  session_id: string;
  due_at: number;
  attempts: number;
  sent_at: number | null;
};
export type PersonTable = { id: string; epoch: number; display_name: string; baseline: boolean };
export type EngagementTable = {
  source: string;
  worker_id: string;
  person_id: string;
  worker: Json;
  manager_id: string | null;
  revision: number | null;
  occurred_at: number;
  event_id: string;
};
export type FactTable = {
  id: Generated<number>;
  source: string;
  worker_id: string;
  event_id: string;
  worker: Json;
  holds_from: number;
  learnt_at: number;
};
export type LinkTable = {
  target: string;
  native_id: string;
  person_id: string;
  kind: string;
  how: string;
  anchor: string | null;
  since: number;
  ended_at: number | null;
};
export type NameTable = { scope: string; folded: string; attribute: string; value: string; person_id: string };
export type HoldingTable = { person_id: string; target: string; object: string; kind: string };
export type HoldingReasonTable = {
  person_id: string;
  target: string;
  object: string;
  kind: string;
  reference: string;
  from_at: number;
  until_at: number | null;
};
export type DefinitionTable = { hash: string; body: string };
export type RunTable = {
  id: string;
  person_id: string;
  workflow: string;
  definition_hash: string;
  lane: string;
  epoch: number;
  state: string;
  due_at: number;
  attempt: number;
  cause: string;
  created_at: number;
  started_at: number | null;
  starting_at: number | null;
  ended_at: number | null;
  note: string | null;
};
export type StepTable = {
  run_id: string;
  step_id: string;
  position: number;
  task: string;
  state: string;
  summary: string;
  gaps: number;
  attempts: number;
  first_at: number;
  last_at: number;
};
export type IntentTable = {
  change_id: string;
  run_id: string;
  step_id: string;
  position: number;
  person_id: string;
  object_key: string;
  lane: string;
  epoch: number;
  change: Json;
  state: string;
  lease_until: number;
  sent_at: number | null;
  object_id: string | null;
  request_id: string | null;
  observed_before: Json;
  outcome: Json;
  opened_at: number;
  closed_at: number | null;
};
export type AuditTable = {
  sequence: Generated<number>;
  at: number;
  actor: string;
  action: string;
  person_id: string | null;
  run_id: string | null;
  target: string | null;
  detail: Json;
};
export type HoldTable = {
  id: string;
  at: number;
  kind: string;
  reference: string;
  person_id: string | null;
  code: string;
  message: string;
  resolved_at: number | null;
};
export type BudgetTable = { key: string; reference: string; at: number };
export type BaselineTable = { key: string; completed_at: number; summary: string };

/** The registry's tables, as the migrations leave them. */
export type Database = {
  inbox: InboxTable;
  rejected_event: RejectedTable;
  outbox: OutboxTable;
  person: PersonTable;
  engagement: EngagementTable;
  fact: FactTable;
  account_link: LinkTable;
  name: NameTable;
  holding: HoldingTable;
  holding_reason: HoldingReasonTable;
  definition: DefinitionTable;
  run: RunTable;
  step: StepTable;
  intent: IntentTable;
  audit: AuditTable;
  hold: HoldTable;
  budget: BudgetTable;
  baseline: BaselineTable;
};
