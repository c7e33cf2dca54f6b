import type { Keep } from './keep.ts';

/** The world's time: the wall clock plus an offset that is kept. Milliseconds since the epoch. */
export type WorldClock = {
  readonly now: () => number;
  readonly offsetMs: () => number;
  readonly setOffset: (offsetMs: number) => void;
};

/** Opens the world's clock over a wall clock, with the offset that was last set. */
export function openWorldClock(keep: Keep, wall: () => number): WorldClock {
  let offset = keep.read('clockOffsetMs', 0);
  return {
    now: () => wall() + offset,
    offsetMs: () => offset,
    setOffset: (offsetMs) => {
      keep.write('clockOffsetMs', offsetMs);
      offset = offsetMs;
    },
  };
}
