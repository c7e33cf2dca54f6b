import type { SourceId } from '../../domain/ids.ts';

/** Events that came together: nothing of them starts until all are classified and have passed the brakes. */
export type Batch = {
  readonly id: string;
  readonly source: SourceId;
  readonly state: 'judging' | 'admitted' | 'held' | 'cancelled';
  readonly at: number;
};

export type BatchStore = {
  /** Holds the batch's row until the transaction ends, making it where it is new. */
  lock(id: string, source: SourceId, at: number): Promise<Batch>;
  byId(id: string): Promise<Batch | undefined>;
  /** How many of its events are not folded yet. */
  unfolded(id: string): Promise<number>;
  settle(id: string, state: Batch['state']): Promise<void>;
};
