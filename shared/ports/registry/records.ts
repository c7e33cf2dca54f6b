import type { PersonId, RunId, TargetId } from '../../domain/ids.ts';

/** One line of the audit, appended in the writer's own transaction. `detail` holds no secret. */
export type AuditRow = {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly personId: PersonId | null;
  readonly runId: RunId | null;
  readonly target: TargetId | null;
  readonly detail: Readonly<Record<string, unknown>>;
};
export type AuditStore = {
  append(rows: readonly AuditRow[]): Promise<void>;
  list(filter: {
    readonly after: number;
    readonly limit: number;
    readonly personId?: PersonId;
    readonly runId?: RunId;
  }): Promise<readonly (AuditRow & { readonly sequence: number })[]>;
};

/** Something that waits for a person's decision. */
export type Hold = {
  readonly id: string;
  readonly at: number;
  readonly kind: 'event' | 'run' | 'change';
  readonly reference: string;
  readonly personId: PersonId | null;
  readonly code: string;
  readonly message: string;
};
export type HoldStore = {
  /** Adds the hold; the same reference and code is held once. */
  add(hold: Hold): Promise<void>;
  open(limit: number): Promise<readonly Hold[]>;
  /** The person's held runs are superseded: nobody need decide about them any more. */
  resolveRunsOf(personId: PersonId, at: number): Promise<void>;
};

/** Rolling counts of what was done, so that a brake can stop what is too much. */
export type BudgetStore = {
  /** Books one of `key` at `now` unless `limit` are booked within the last `windowMs`; the same `reference` books once. */
  reserve(entry: {
    readonly key: string;
    readonly reference: string;
    readonly now: number;
    readonly windowMs: number;
    readonly limit: number;
  }): Promise<boolean>;
};

/** Which sources and targets have been looked at for the first time. */
export type BaselineStore = {
  isComplete(key: string): Promise<boolean>;
  complete(key: string, at: number, summary: string): Promise<void>;
};
