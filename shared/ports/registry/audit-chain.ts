import type { PersonId } from '../../domain/ids.ts';

/** An audit row as it is stored: personal values as digests, `detail` in the database's own canonical JSON text. */
export type StoredAuditRow = {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly personId: PersonId | null;
  readonly runId: string | null;
  readonly target: string | null;
  readonly detail: string;
};

/** A row's place in the chain, counted from 1, and the hash over everything up to it. */
export type AuditSeal = { readonly position: number; readonly hash: string };
export type SealedAuditRow = StoredAuditRow & AuditSeal;

/** The end of the chain, and the position up to which it was anchored. */
export type ChainHead = AuditSeal & { readonly anchored: number };

/** A value about a person, beside the digest that stands for it in a row. */
export type AuditValue = { readonly digest: string; readonly salt: string; readonly value: string };

/**
 * A row's personal value that is not as it was written: erased, which a later row of the audit tells; missing, of which none tells; or changed, so that it
 * does not fit its digest.
 */
export type ValueTrouble = { readonly row: StoredAuditRow; readonly is: 'erased' | 'missing' | 'changed' };

/** The chain over the audit rows. Rows get their place when they are sealed, since those of open transactions appear out of order. */
export type AuditChainStore = {
  /** The head; undefined when somebody has taken it away. */
  head(): Promise<ChainHead | undefined>;
  /** The same, nobody else's until the transaction ends. */
  lockHead(): Promise<ChainHead | undefined>;
  /** Rows without a place, in the order of their sequence; for a transaction that seals them. */
  unsealed(limit: number): Promise<readonly StoredAuditRow[]>;
  /** Gives the rows their places, the last of which is the new head. */
  seal(rows: readonly (AuditSeal & { readonly sequence: number })[]): Promise<void>;
  noteAnchored(position: number): Promise<void>;
  /** Sealed rows after a position, in the order of their places. */
  sealed(after: number, limit: number): Promise<readonly SealedAuditRow[]>;
  /** How many rows have a place up to `position`, whatever that place is. */
  countSealed(position: number): Promise<number>;
  /** Rows without a place, and when the oldest was written (milliseconds since the epoch). */
  waiting(): Promise<{ readonly count: number; readonly oldestAt: number | null }>;
  /** Looks at the personal values of rows; answers those that are not as they were written. */
  troubledValues(rows: readonly StoredAuditRow[]): Promise<readonly ValueTrouble[]>;
  /** Takes away every value of the person; answers how many there were. The rows and their seals stay. */
  eraseValues(personId: PersonId): Promise<number>;
};

/** The action of the row that tells of an erasure. */
export const erasedAction = 'audit.values-erased';
