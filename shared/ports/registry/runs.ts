import type { Outcome } from '../../domain/change.ts';
import type { PersonId, RunId } from '../../domain/ids.ts';

export type Lane = 'contain' | 'work';
/** `planned` waits for its due time and a free slot; `starting` and `active` hold the person's lane; the rest are final, `held` until a person decides. */
export type RunState =
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
  /** Runs that are due and whose lane is free, oldest first. */
  startable(now: number, limit: number): Promise<readonly RunId[]>;
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
  readonly attempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

export type StepStore = {
  of(run: RunId): Promise<readonly StepRow[]>;
  /**
   * Writes the latest state of the step, keeping when it was first tried and counting attempts. With `attempts`, only while it counts as many: false when
   * another worker has recorded the step since it was read.
   */
  record(row: Omit<StepRow, 'attempts' | 'firstAt'>, attempts?: number): Promise<boolean>;
};
