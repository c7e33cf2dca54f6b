import { setTimeout as wait } from 'node:timers/promises';

/** Elapsed time and waiting, for pacing calls. Not the calendar: a virtual day must neither earn quota nor expire a token. */
export type Pace = {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Waits; rejects when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

/** The machine's own monotonic time. */
export const machinePace: Pace = {
  now: () => performance.now(),
  wait: (ms, signal) => wait(ms, undefined, { signal }),
};
