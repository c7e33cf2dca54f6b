import type { Clock } from '../../ports/clock.ts';

/** The wall clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };
