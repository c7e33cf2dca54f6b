import type { QuotaCost } from '../../domain/quota.ts';
import { mapCost, plus } from './cost-sums.ts';
import type { Pace } from './pace.ts';

/** The slice of a quota that a process holds and pays calls from, for as long as it may be spent. */
export type SliceInHand = {
  readonly pays: (cost: QuotaCost) => boolean;
  readonly spend: (cost: QuotaCost) => void;
  /** Whether it is time to draw the next: half of it, or half of its time, is gone. */
  readonly isLow: () => boolean;
  /** What may be needed next: twice what went since the last draw, at most a span's worth, and never so little that every call draws. */
  readonly forecast: () => QuotaCost;
  /** Adds a slice to what is left. */
  readonly take: (slice: QuotaCost) => void;
  readonly left: () => QuotaCost;
  /** Gives up what is left, to be handed back. */
  readonly handBack: () => QuotaCost;
  /** What is left may not be spent any more. */
  readonly drop: () => void;
  readonly isFresh: () => boolean;
};

// Sums of fractions miss by so little that no call waits for it.
const hair = 1e-6;

/** An empty hand. `perSpan` is what each limit yields in the time for which a slice may be spent. */
export function createSliceInHand(spanMs: number, perSpan: QuotaCost, pace: Pace): SliceInHand {
  let left: QuotaCost = {};
  let spent: QuotaCost = {};
  let drawnAt = Number.NEGATIVE_INFINITY;
  const isFresh = (): boolean => pace.now() - drawnAt <= spanMs;
  return {
    isFresh,
    pays: (cost) => isFresh() && Object.entries(cost).every(([name, amount]) => (left[name] ?? 0) >= amount - hair),
    spend: (cost) => {
      left = plus(left, cost, -1);
      spent = plus(spent, cost);
    },
    isLow: () => pace.now() - drawnAt > spanMs / 2 || Object.entries(spent).some(([name, amount]) => (left[name] ?? 0) < amount),
    forecast: () => mapCost(perSpan, (most, name) => Math.min(most, Math.max(most / 8, 2 * (spent[name] ?? 0)))),
    take: (slice) => {
      left = plus(left, slice);
      spent = {};
      drawnAt = pace.now();
    },
    left: () => left,
    handBack: () => {
      const back = left;
      left = {};
      return back;
    },
    drop: () => {
      drawnAt = Number.NEGATIVE_INFINITY;
    },
  };
}
