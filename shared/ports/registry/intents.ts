import type { Attributes, Change, Outcome } from '../../domain/change.ts';
import type { PersonId, RunId } from '../../domain/ids.ts';
import type { Lane } from './runs.ts';

/** A change that the gate has committed to, from before it is applied until its outcome is known. */
export type Intent = {
  /** Hash of run, step, target, object and operation: the same change has the same id, however often it is asked for. */
  readonly changeId: string;
  readonly runId: RunId;
  readonly stepId: string;
  readonly position: number;
  readonly personId: PersonId;
  /** What no two open intents of a lane may touch at once. */
  readonly objectKey: string;
  readonly lane: Lane;
  readonly epoch: number;
  readonly change: Change;
};

export type IntentRow = Intent & {
  readonly state: 'open' | 'closed';
  readonly leaseUntil: number;
  /** Whether a write was sent; from then on a lost answer is looked for. */
  readonly sentAt: number | null;
  /** The target's answer id, where it gave one. */
  readonly objectId: string | null;
  readonly requestId: string | null;
  readonly observedBefore: Attributes | null;
  readonly outcome: Outcome | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
};

/**
 * How opening went: `opened` is ours to apply; `taken-over` was left by someone whose lease ran out, or did not come off before, so look before writing;
 * `busy` is another's; `closed` is over for good.
 */
export type Opened =
  | { readonly is: 'opened' | 'taken-over'; readonly row: IntentRow }
  | { readonly is: 'busy'; readonly until: number }
  | { readonly is: 'closed'; readonly row: IntentRow };

export type IntentStore = {
  open(intent: Intent, now: number, leaseUntil: number): Promise<Opened>;
  /** Says, before it is sent, that a write will be sent. */
  markSending(changeId: string, leaseUntil: number, observedBefore: Attributes | null, at: number): Promise<boolean>;
  markAnswered(changeId: string, objectId: string | null, requestId: string | null): Promise<void>;
  /** Gives one's own lease back without an outcome: the step looks again later. A lease that another has taken meanwhile stays. `nothingSent` when the target said for certain that it did nothing. */
  release(held: Pick<IntentRow, 'changeId' | 'leaseUntil'>, nothingSent: boolean): Promise<void>;
  close(changeId: string, outcome: Outcome, at: number): Promise<void>;
  /** Lets no lease last beyond `until`: for when those who took them are known to be gone. */
  shortenLeases(until: number): Promise<void>;
  of(run: RunId): Promise<readonly IntentRow[]>;
  /** Everything that came off for the person, over all runs, each with what set its run off; newest first. */
  doneFor(person: PersonId): Promise<readonly (IntentRow & { readonly trigger: string })[]>;
  /** Until when a lease may be live that a run of an older epoch took on one of the person's objects; null where there is none. */
  olderLease(person: PersonId, epoch: number, now: number): Promise<number | null>;
  byId(changeId: string): Promise<IntentRow | undefined>;
};
