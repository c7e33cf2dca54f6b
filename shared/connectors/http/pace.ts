import { setTimeout as wait } from 'node:timers/promises';

/** Elapsed time and waiting, for pacing calls. Not the calendar: a virtual day must neither earn quota nor expire a token. */
export type Pace = {
  /** Milliseconds since some fixed moment that all processes tell alike, as well as their machines know it; never goes back. */
  now(): number;
  /** Waits; rejects when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

/** The machine's own monotonic time, counted from the epoch as it was known when the process began. */
export const machinePace: Pace = {
  now: () => performance.timeOrigin + performance.now(),
  wait: (ms, signal) => wait(ms, undefined, { signal }),
};
