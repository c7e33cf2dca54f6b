import type { Worker } from '../worker.ts';

/** What a source told of a worker, with what orders it among others and the time it holds from, as far as records are made from it. */
export type ToldFact = {
  readonly eventId: string;
  readonly told: Worker;
  readonly revision: number | null;
  readonly occurredAt: number;
  /** A calendar date (its start in the person's zone) or an instant; null where the source named none: it holds. */
  readonly effectiveFrom: string | null;
  /** `counted` or `held` as far as nobody has decided; `rejected` is only ever decided. */
  readonly state: 'counted' | 'held' | 'rejected';
  /** A person has decided that it counts: it is never held again. */
  readonly isDecided: boolean;
};
