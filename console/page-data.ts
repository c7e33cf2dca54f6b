import type { Attributes, Claim, Outcome } from '../shared/domain/change.ts';
import type { HoldingReason } from '../shared/domain/subject.ts';
import type { Worker } from '../shared/domain/worker.ts';

/** A moment as RFC 3339 text, or in milliseconds since the epoch. */
export type Moment = string | number;

export type RunStateName =
  | 'pending'
  | 'planned'
  | 'starting'
  | 'active'
  | 'held'
  | 'done'
  | 'done-with-gaps'
  | 'failed'
  | 'superseded'
  | 'cancelled'
  | 'unknown';
export type StepStateName = Outcome['is'] | 'parked' | 'to-come';

/** A run as a list shows it. */
export type RunRow = {
  readonly id: string;
  readonly personId: string;
  readonly workflow: string;
  readonly state: RunStateName;
  readonly dueAt: Moment;
  readonly createdAt: Moment;
  readonly startedAt: Moment | null;
  readonly endedAt: Moment | null;
  /** Why it waits, is held or ended as it did, in words. */
  readonly note: string | null;
};

/** One change of a step: what it was to do, what was there before, and what came of it. */
export type ChangeData = {
  readonly changeId: string;
  readonly target: string;
  readonly do: string;
  readonly kind: string;
  readonly effect: string;
  readonly cause: { readonly reference: string; readonly message: string };
  readonly object: string;
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  readonly outcome: Outcome | null;
  /** The other system's own id of the request. */
  readonly requestId: string | null;
  readonly sentAt: Moment | null;
};

export type StepData = {
  readonly stepId: string;
  readonly task: string;
  readonly state: StepStateName;
  readonly summary: string;
  readonly attempts: number;
  readonly gaps: number;
  /** What may be said of access after the step; null where it says nothing of that. */
  readonly claim: Claim | null;
  readonly firstAt: Moment | null;
  readonly lastAt: Moment | null;
  readonly changes: readonly ChangeData[];
};

/** One run with all its steps, as `GET /api/runs/{id}` answers. */
export type RunPageData = RunRow & {
  readonly displayName: string;
  readonly cause: string;
  readonly attempt: number;
  readonly steps: readonly StepData[];
};

export type AccountData = {
  readonly target: string;
  readonly nativeId: string;
  readonly how: string;
  readonly expected: {
    readonly attributes: Attributes;
    readonly entitlements: readonly {
      readonly name: string;
      readonly kind: string;
      readonly object: string;
      readonly rules: readonly string[];
    }[];
  };
  readonly actual:
    | { readonly is: 'seen'; readonly enabled: boolean; readonly attributes: Attributes; readonly groups: readonly string[] }
    | { readonly is: 'missing' }
    | { readonly is: 'unreadable'; readonly message: string };
};

/** A person, as `GET /api/people/{id}` answers. */
export type PersonPageData = {
  readonly personId: string;
  readonly displayName: string;
  readonly baseline: boolean;
  readonly engagements: readonly { readonly source: string; readonly workerId: string; readonly worker: Worker }[];
  readonly accounts: readonly AccountData[];
  readonly holdings: readonly {
    readonly target: string;
    readonly object: string;
    readonly kind: string;
    readonly reasons: readonly HoldingReason[];
  }[];
  readonly runs: readonly RunRow[];
};

/** A row of the audit, as `GET /api/audit` answers; `position` is its place in the chain, null until it is sealed. */
export type AuditRowData = {
  readonly sequence: number;
  readonly at: Moment;
  readonly actor: string;
  readonly action: string;
  readonly personId: string | null;
  readonly runId: string | null;
  readonly target: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly position: number | null;
};

/** Something that waits for a person's decision, as `GET /api/holds` answers. */
export type HoldData = {
  readonly id: string;
  readonly at: Moment;
  readonly kind: string;
  readonly reference: string;
  readonly personId: string | null;
  readonly code: string;
  readonly message: string;
};
