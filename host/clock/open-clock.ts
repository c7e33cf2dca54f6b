import { HostError } from '../host-error.ts';
import type { HostClock } from './clock.ts';
import type { ClockStore } from './clock-store.ts';
import { VirtualClock } from './virtual-clock.ts';
import { WallClock } from './wall-clock.ts';

/** `wall` passes by itself; `virtual` jumps to what is due next whenever the host is idle; `paused` is virtual and stands still until it is told otherwise. */
export type ClockKind = 'wall' | 'virtual' | 'paused';

/**
 * The clock of a host. A virtual one goes on from the time stored in the data folder; `now` is where it begins in a new one.
 * Throws `HostError` where the data folder's virtual time is ahead of wall time.
 */
export function openClock(kind: ClockKind, store: ClockStore, now: () => number = Date.now): HostClock {
  const stored = store.read();
  if (kind !== 'wall') return new VirtualClock(store, stored ?? now(), kind === 'virtual' ? Infinity : -Infinity);
  if (stored !== undefined && stored > now())
    throw new HostError(
      `The data folder has lived on a virtual clock, on which it is ${new Date(stored).toISOString()}: time would go back. Start with --clock virtual, or give another folder with --data.`,
    );
  if (stored !== undefined) store.clear();
  return new WallClock(now);
}
