/** An event on its way: copies in the queue, workers that have read its inbox row as received, and whether the row is settled. */
export type Event = { readonly copies: number; readonly reading: number; readonly isSettled: boolean };

/** What the registry knows of the person: the newest revision folded, the epoch, and whether the account is linked. */
export type Person = { readonly revision: number; readonly epoch: number; readonly isLinked: boolean };

export type Change = 'create' | 'update' | 'mail';
export type Task = 'account' | 'mail';
/** Where a durable instance stands: which activity it has called last. */
export type Place = 'none' | 'claim' | Task | 'end' | 'over';

/** One attempt of a run: its durable instance, and the calls of `startNew` that are on their way. */
export type Attempt = { readonly place: Place; readonly starts: number };

/** `live` is held by a worker, `orphan` by nobody alive, `expired` by a worker that was frozen beyond it. */
export type Lease = 'free' | 'live' | 'orphan' | 'expired';
export type Intent = {
  readonly state: 'none' | 'open' | 'closed';
  readonly lease: Lease;
  readonly isSent: boolean;
  /** The revision that the change was planned from; 0 for a mail. */
  readonly wants: number;
  /** The draft that was marked as being sent; -1 for none. */
  readonly draft: number;
  readonly outcome: 'none' | 'done' | 'failed' | 'unknown';
};

export type RunState = 'planned' | 'starting' | 'active' | 'done' | 'done-with-gaps' | 'failed' | 'unknown' | 'superseded';
export type StepState = 'none' | 'waiting' | 'done' | 'failed' | 'unknown';
export type Run = {
  readonly epoch: number;
  readonly state: RunState;
  readonly attempts: readonly Attempt[];
  readonly steps: Readonly<Record<Task, StepState>>;
  readonly intents: Readonly<Record<Change, Intent>>;
};

/** The next atomic thing that a worker does: a transaction, a statement, or a call of a target. */
export type Doing =
  | 'claim'
  | 'weigh'
  | 'end'
  | 'begin'
  | 'plan'
  | 'adopt'
  | 'open'
  | 'look'
  | 'draft'
  | 'mark'
  | 'send'
  | 'verify'
  | 'close'
  | 'release'
  | 'record'
  | 'answer';
/** What a worker is about to say. `plan-again` closes the intent as failed and looks again; `given-up` closes it as failed with a link. */
export type Result = 'none' | 'done' | 'waiting' | 'failed' | 'unknown' | 'superseded' | 'done-with-gaps' | 'plan-again' | 'given-up';

/** An execution of one activity, with what it has in memory. A crash loses it. */
export type Worker = {
  readonly run: number;
  readonly attempt: number;
  readonly place: Place;
  readonly doing: Doing;
  readonly change: Change | 'none';
  readonly isResuming: boolean;
  readonly wants: number;
  /** Whether the lease that it was given is still the one in the intent's row. */
  readonly ownsLease: boolean;
  /** It was frozen beyond its lease: whoever called it has given it up and calls again. */
  readonly isFrozen: boolean;
  /** Whether the run had the person's epoch when the lease was given. */
  readonly wasCurrent: boolean;
  /** The intent's row as it was when it was opened. */
  readonly sawSent: boolean;
  readonly sawDraft: number;
  readonly draft: number;
  /** Another worker has recorded the step since this one began it. */
  readonly isOutrun: boolean;
  /** The target asked to wait, so nothing was sent. */
  readonly isPutOff: boolean;
  readonly result: Result;
};

/**
 * The target: how many accounts bear the person's employee id, and the revision that they were written from; the drafts of the mail. Whether a
 * reading shows what was written is open each time: one replica may show it and the next not; an account until it is shown by all, a mail until it was seen
 * in Sent Items once (a mailbox is read where it is written).
 */
export type World = { readonly accounts: number; readonly isShown: boolean; readonly version: number; readonly drafts: readonly Draft[] };
export type Draft = 'written' | 'sent' | 'seen';

export type State = {
  /** The hire (revision 1) and the correction (revision 2). */
  readonly events: readonly [Event, Event];
  readonly person: Person;
  readonly runs: readonly Run[];
  readonly workers: readonly (Worker | null)[];
  readonly world: World;
  /** How often a worker was frozen beyond its lease. */
  readonly freezes: number;
  /** Laws that a move has broken, which the state by itself would not show. */
  readonly broken: readonly Law[];
};

export type Law =
  | 'one account at most'
  | 'one mail at most'
  | 'one open intent at most for an object'
  | 'one run at most in a lane'
  | 'done only when the target holds the state'
  | 'a worker writes only within its lease'
  | 'a superseded run writes only within a lease from before';

/** One atomic step of the mechanism, of the outside world, or of bad luck. */
export type Move = { readonly label: string; readonly next: State };
