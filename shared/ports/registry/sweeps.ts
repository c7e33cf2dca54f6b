import type { PersonId, TargetId } from '../../domain/ids.ts';

/** One look at everybody who has left. */
export type Sweep = {
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly looked: number;
  readonly found: number;
  readonly repaired: number;
  readonly raised: number;
};

/** Something of a leaver's that was found open, and how often it was closed again. */
export type Repair = {
  readonly personId: PersonId;
  readonly target: TargetId;
  /** What was open, such as `account/<id>` or `group/<id>`. */
  readonly thing: string;
  readonly times: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

export type SweepStore = {
  begin(id: string, at: number): Promise<void>;
  /** Adds to the counts. */
  tell(id: string, counts: Pick<Sweep, 'looked' | 'found' | 'repaired' | 'raised'>): Promise<void>;
  end(id: string, at: number): Promise<void>;
  last(): Promise<Sweep | undefined>;
  repairsOf(person: PersonId): Promise<readonly Repair[]>;
  /** Counts one more repair and answers how many there were. */
  countRepair(repair: Pick<Repair, 'personId' | 'target' | 'thing'>, at: number): Promise<number>;
};
