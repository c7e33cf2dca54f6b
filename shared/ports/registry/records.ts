import type { PersonId, RunId, TargetId } from '../../domain/ids.ts';

/**
 * One line of the audit, appended in the writer's own transaction. `detail` holds no secret. Where the line is about a person, words for people in it (fields
 * such as `note`, `reason`, `message`, `name`) enter as digests beside values that can be erased.
 */
export type AuditRow = {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly personId: PersonId | null;
  readonly runId: RunId | null;
  readonly target: TargetId | null;
  readonly detail: Readonly<Record<string, unknown>>;
};
/** A row as it is shown: its values as far as they are kept, and its place in the chain once it is sealed. */
export type ListedAuditRow = AuditRow & { readonly sequence: number; readonly position: number | null; readonly hash: string | null };
export type AuditStore = {
  append(rows: readonly AuditRow[]): Promise<void>;
  list(filter: {
    readonly after: number;
    /** Only rows before this one, the newest first. */
    readonly before?: number;
    readonly limit: number;
    readonly personId?: PersonId;
    readonly runId?: RunId;
  }): Promise<readonly ListedAuditRow[]>;
};

/** Something that waits for a person's decision. */
export type Hold = {
  readonly id: string;
  readonly at: number;
  /** What is held, and by which id `reference` names it: an event of the inbox, a run, a batch, a lock, a mode that is to be raised, or anything else that somebody has to look at. */
  readonly kind: 'event' | 'run' | 'batch' | 'lock' | 'mode' | 'change';
  readonly reference: string;
  readonly personId: PersonId | null;
  readonly code: string;
  readonly message: string;
  /** How many different people have to agree before it is resumed. */
  readonly approvals: number;
};
/** How a hold was ended: by whom, and why. */
export type Resolution = {
  readonly how: 'resumed' | 'cancelled' | 'superseded';
  readonly by: string;
  readonly reason: string;
  readonly at: number;
};
/** A hold, and how it was ended; null while it is open. */
export type DecidedHold = Hold & { readonly resolution: Resolution | null };
/** Somebody's agreement. `oid` is their own object id in the tenant, which tells people apart and from the person it is about. */
export type Approval = {
  readonly holdId: string;
  readonly actor: string;
  readonly oid: string | null;
  readonly reason: string;
  readonly at: number;
};
export type HoldStore = {
  /** Adds the hold; the same reference and code is held once. False where it was held already. */
  add(hold: Hold): Promise<boolean>;
  open(limit: number): Promise<readonly Hold[]>;
  /** What is open about an event, a run, or whatever the reference names. */
  openAbout(reference: string): Promise<readonly Hold[]>;
  byId(id: string): Promise<DecidedHold | undefined>;
  /** The same, and nobody else decides about it before the transaction ends. */
  lock(id: string): Promise<DecidedHold | undefined>;
  /** How a question about the reference was last decided by people, since the instant. */
  decidedSince(reference: string, since: number): Promise<Resolution | undefined>;
  /** How many of this code were raised since. */
  raisedSince(code: string, since: number): Promise<number>;
  /** False when it was resolved before. */
  resolve(id: string, resolution: Resolution): Promise<boolean>;
  /** Adds an agreement; the same actor's counts once. Answers all there are. */
  approve(approval: Approval): Promise<readonly Approval[]>;
  /** The person's held runs are superseded: nobody need decide about them any more. */
  resolveRunsOf(personId: PersonId, at: number): Promise<void>;
};

/** Rolling counts of what was done, so that a brake can stop what is too much. */
export type BudgetStore = {
  /** Books one of `key` at `now` unless `limit` are booked within the last `windowMs`; the same `reference` books once within that time. */
  reserve(entry: {
    readonly key: string;
    readonly reference: string;
    readonly now: number;
    readonly windowMs: number;
    readonly limit: number;
  }): Promise<boolean>;
  /** Books all of these, whatever the limit: what was counted and found to be within it. One that is booked within the last `windowMs` stays as it is. */
  book(entry: {
    readonly key: string;
    readonly references: readonly string[];
    readonly now: number;
    readonly windowMs: number;
  }): Promise<void>;
  /** How many of `key` were booked within the last `windowMs`, those of the given references aside. Nobody else books of it before the transaction ends. */
  booked(entry: {
    readonly key: string;
    readonly now: number;
    readonly windowMs: number;
    readonly except: readonly string[];
  }): Promise<number>;
};

/** Which sources and targets have been looked at for the first time. */
export type BaselineStore = {
  isComplete(key: string): Promise<boolean>;
  complete(key: string, at: number, summary: string): Promise<void>;
};
