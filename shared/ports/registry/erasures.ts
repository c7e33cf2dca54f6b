import type { PersonId } from '../../domain/ids.ts';

/** What keeps a person from being erased, and what is needed to do it elsewhere. */
export type ErasureView = {
  /** Runs that are not over, by workflow. */
  readonly openRuns: readonly string[];
  /** Changes whose outcome is not known yet. */
  readonly openChanges: number;
  /** What waits for a decision, by code. */
  readonly openHolds: readonly string[];
  /** Events that have not been folded. */
  readonly openEvents: number;
  /** Each attempt of each run: its durable instance is named by both. */
  readonly attempts: readonly { readonly runId: string; readonly attempt: number }[];
  /** The changes that may have left a sealed secret. */
  readonly changeIds: readonly string[];
};

/** How many rows were erased or emptied, by table. */
export type ErasedRows = Readonly<Record<string, number>>;

/** Takes a person out of the registry. */
export type ErasureStore = {
  of(person: PersonId): Promise<ErasureView>;
  /**
   * Erases all that the registry has about the person but the audit: records, facts, events, accounts, holdings, runs, changes, decisions. Their id stays, and so do digests of the events, so that a
   * repetition of one is nothing new, and of the names that they bore, so that nobody else is given them. Where somebody else's rows tell of them by name or address, that is blanked. Answers
   * whose audit values tell of them too. To be called in a transaction that holds the person's row.
   */
  erase(person: PersonId, at: number, salt: string): Promise<{ readonly rows: ErasedRows; readonly toldOfIn: readonly PersonId[] }>;
  /** When the person was erased; undefined where they were not. */
  erasedAt(person: PersonId): Promise<number | undefined>;
};
