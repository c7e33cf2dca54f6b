import type { PersonId, SourceId } from '../../domain/ids.ts';
import type { Worker } from '../../domain/worker.ts';

/** A worker record of a person, merged from what the source has told so far. */
export type Engagement = {
  readonly source: SourceId;
  readonly workerId: string;
  readonly personId: PersonId;
  readonly worker: Worker;
  /** What orders the source's facts: its revision, else when it happened, then the event's id. */
  readonly revision: number | null;
  readonly occurredAt: number;
  readonly eventId: string;
};

/**
 * What a source told of a worker, as it told it. `holdsFrom` is when it begins to hold, milliseconds since the epoch; `counted` facts make up the record,
 * `held` ones wait for a person's decision, `rejected` ones were decided against.
 */
export type WorkerFact = {
  readonly source: SourceId;
  readonly workerId: string;
  readonly eventId: string;
  readonly told: Worker;
  readonly revision: number | null;
  readonly occurredAt: number;
  /** As it was told: a calendar date or an instant, null where it holds by itself. */
  readonly effectiveFrom: string | null;
  readonly holdsFrom: number;
  readonly learntAt: number;
  readonly state: 'counted' | 'held' | 'rejected';
  /** A person has decided that it counts. */
  readonly isDecided: boolean;
};

/**
 * How somebody stands: `coming` before the first day, `active`, `leave`, `leaving` when the end is set, `left` after it, `withdrawn` when the hire was, `none` without a record
 * that says anything yet.
 */
export type Standing = 'coming' | 'active' | 'leave' | 'leaving' | 'left' | 'withdrawn' | 'none';

export type Person = {
  readonly id: PersonId;
  /** Raised whenever what runs were planned from no longer holds; an older run stops. */
  readonly epoch: number;
  readonly displayName: string;
  /** True for somebody who was already there when Gatehouse first looked. */
  readonly baseline: boolean;
  readonly standing: Standing;
  /** When access ends, or ended, milliseconds since the epoch; null while no end is known. */
  readonly endsAt: number | null;
  /** When what is known of the person changes by itself, such as when a fact that was told ahead begins to hold. */
  readonly reconsiderAt: number | null;
};

/** People and their engagements. */
export type PeopleStore = {
  create(person: Person): Promise<void>;
  byId(id: PersonId): Promise<Person | undefined>;
  /** Holds the person's row until the transaction ends. */
  lock(id: PersonId, mode: 'share' | 'update'): Promise<Person | undefined>;
  /** The owner of a worker id in a source. */
  ownerOf(source: SourceId, workerId: string): Promise<PersonId | undefined>;
  /** Everyone, over all sources, with this worker id. */
  withWorkerId(workerId: string): Promise<readonly { readonly source: SourceId; readonly personId: PersonId }[]>;
  engagements(id: PersonId): Promise<readonly Engagement[]>;
  /** The worker records of a source, by worker id, after the given one. */
  ofSource(source: SourceId, after: string, limit: number): Promise<readonly Engagement[]>;
  /** Writes the engagement as it holds now. Throws `busy` when the worker id has just become another person's. */
  saveEngagement(engagement: Engagement): Promise<void>;
  /** Keeps a fact; the same event's fact is kept once, its state as given last. */
  saveFact(fact: WorkerFact): Promise<void>;
  /** Every fact about a worker of a source, in no particular order. */
  facts(source: SourceId, workerId: string): Promise<readonly WorkerFact[]>;
  setStanding(id: PersonId, how: Pick<Person, 'standing' | 'endsAt' | 'reconsiderAt'>): Promise<void>;
  /** People whose time to be reconsidered has come, earliest first. */
  toReconsider(now: number, limit: number): Promise<readonly PersonId[]>;
  /** People whose access has ended by the instant, by id, after the given one. */
  ended(by: number, after: PersonId, limit: number): Promise<readonly Person[]>;
  rename(id: PersonId, displayName: string): Promise<void>;
  raiseEpoch(id: PersonId): Promise<number>;
  /** People with an engagement in the source that names this worker as manager. */
  reportsOf(source: SourceId, managerWorkerId: string): Promise<readonly PersonId[]>;
  /** Worker ids of a source whose record has not ended, in order. */
  currentWorkers(source: SourceId): Promise<readonly string[]>;
  count(): Promise<number>;
  /** How many are there now: active, on leave or leaving; with a source, those whom it has a record of. */
  present(source?: SourceId): Promise<number>;
  /** Everyone, by id, after the given one. */
  list(after: PersonId, limit: number): Promise<readonly Person[]>;
};
