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

export type Person = {
  readonly id: PersonId;
  /** Raised whenever what runs were planned from no longer holds; an older run stops. */
  readonly epoch: number;
  readonly displayName: string;
  /** True for somebody who was already there when Gatehouse first looked. */
  readonly baseline: boolean;
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
  /** Writes the engagement, and keeps the fact with the time it was learnt. Throws `busy` when the worker id has just become another person's. */
  saveEngagement(engagement: Engagement, learntAt: number): Promise<void>;
  rename(id: PersonId, displayName: string): Promise<void>;
  raiseEpoch(id: PersonId): Promise<number>;
  /** People with an engagement in the source that names this worker as manager. */
  reportsOf(source: SourceId, managerWorkerId: string): Promise<readonly PersonId[]>;
  count(): Promise<number>;
};
