import type { Claim, Outcome } from '../../domain/change.ts';
import type { PersonId, RunId } from '../../domain/ids.ts';

export type Lane = 'contain' | 'work';
/**
 * `pending` waits until all of its batch is judged; `planned` waits for its due time and a free slot; `starting` and `active` hold the person's lane; the rest are
 * final, `held` until a person decides.
 */
export type RunState =
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

export type Run = {
  readonly id: RunId;
  readonly personId: PersonId;
  readonly workflow: string;
  readonly definitionHash: string;
  readonly lane: Lane;
  readonly epoch: number;
  readonly state: RunState;
  readonly dueAt: number;
  /** How many times it was started; each start is a durable instance of its own, `<id>.<attempt>`. */
  readonly attempt: number;
  readonly cause: string;
  /** What set it off: the trigger of its workflow, so that a person's unfinished business is known without reading definitions. */
  readonly trigger: string;
  /** The source or person that asked for it, such as `source:generic` or `token:…`. */
  readonly askedBy: string;
  /** The batch that it is admitted with. */
  readonly batchId: string | null;
  /** The plan that it may carry out and nothing else. */
  readonly planId: string | null;
  /** Who let it past a brake that held it; brakes count it and hold it no more. */
  readonly releasedBy: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Why it waits, is held or ended as it did, in words. */
  readonly note: string | null;
};

export type RunFilter = {
  readonly state?: RunState;
  readonly workflow?: string;
  readonly personId?: PersonId;
  readonly limit: number;
  /** Continue after this run id. */
  readonly after?: string;
};

export type RunStore = {
  plan(run: Run): Promise<void>;
  byId(id: RunId): Promise<Run | undefined>;
  list(filter: RunFilter): Promise<readonly Run[]>;
  /** The person's runs that are not over: pending, planned, starting, active or held, oldest first. */
  unfinishedOf(person: PersonId): Promise<readonly Run[]>;
  /** The runs of a batch that are pending or held. */
  waitingOf(batchId: string): Promise<readonly Run[]>;
  /** pending or held → planned (released by somebody, where it was held), held or cancelled; false where it is neither any more. */
  decide(decision: {
    readonly id: RunId;
    readonly to: 'planned' | 'held' | 'cancelled';
    readonly by: string | null;
    readonly note: string | null;
    readonly at: number;
  }): Promise<boolean>;
  /** Every pending run of a batch → planned or held. */
  decideBatch(
    batchId: string,
    decision: { readonly to: 'planned' | 'held'; readonly note: string | null; readonly at: number },
  ): Promise<void>;
  /** Keeps who let a run go on that is under way, with a step of it held; false where it is not. */
  release(id: RunId, by: string): Promise<boolean>;
  /** planned → cancelled, for a run that waits for its day; one that is under way is cancelled by raising the person's epoch. */
  cancelPlanned(id: RunId, note: string, at: number): Promise<boolean>;
  /** The person's planned runs that wait for a later look are due now. Answers how many. */
  wake(person: PersonId, now: number): Promise<number>;
  /** A planned run that was put away for later is due now; false where it was not put away. */
  wakeRun(id: RunId, now: number): Promise<boolean>;
  /** Whatever was put away because of a pause is due now. Answers how many. */
  wakePaused(now: number): Promise<number>;
  /** Runs that are due and whose lane is free: containment first, then oldest first. */
  startable(now: number, limit: number, lane?: Lane): Promise<readonly RunId[]>;
  /** How many runs of a lane are starting or active, and how many of these only wait until something can be seen. */
  underWay(lane: Lane): Promise<{ readonly inAll: number; readonly waiting: number }>;
  /** planned → starting with attempt + 1; undefined when the lane is taken or it is planned no more. */
  beginStart(id: RunId, now: number): Promise<Run | undefined>;
  /** Runs that have been `starting` since before the instant, longest first: the caller repeats their start, so that nobody else does for as long again. */
  stuckStarting(before: number, now: number, limit: number): Promise<readonly Run[]>;
  /** Active runs that were started before the instant and of which no step has been tried since. */
  quiet(before: number, limit: number): Promise<readonly Run[]>;
  /** starting → active, or the same attempt already active; false otherwise. */
  claim(id: RunId, attempt: number): Promise<boolean>;
  /** active → planned again, due later: the slot is freed. */
  park(id: RunId, attempt: number, dueAt: number, note: string): Promise<boolean>;
  /** Ends the attempt that is active. */
  end(ended: Pick<Run, 'id' | 'attempt' | 'state' | 'note'> & { readonly at: number }): Promise<boolean>;
  /** Everything of the person's that is not final and older than the epoch becomes superseded. */
  supersede(person: PersonId, epoch: number, at: number): Promise<number>;
  saveDefinition(hash: string, body: string): Promise<void>;
  definition(hash: string): Promise<string | undefined>;
  counts(): Promise<Readonly<Record<string, number>>>;
};

/** A step of a run, as last settled. */
export type StepRow = {
  readonly runId: RunId;
  readonly stepId: string;
  readonly position: number;
  readonly task: string;
  readonly state: Outcome['is'] | 'parked';
  /** What it did or why not, in words; never a secret. */
  readonly summary: string;
  /** How many things it left undone that somebody has to know of. */
  readonly gaps: number;
  /** What may be said of access after the step, and what remains of it; null for a step that says nothing of that. */
  readonly claim: Claim | null;
  readonly attempts: number;
  /** When it was first tried, since somebody decided about it or a pause ended. */
  readonly firstAt: number;
  readonly lastAt: number;
};

export type StepStore = {
  of(run: RunId): Promise<readonly StepRow[]>;
  /**
   * Writes the latest state of the step, counting attempts and keeping since when it is waited for. With `attempts`, only while it counts as many: false when
   * another worker has recorded the step since it was read.
   */
  record(row: Omit<StepRow, 'attempts' | 'firstAt'>, attempts?: number): Promise<boolean>;
};
