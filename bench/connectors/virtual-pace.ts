import type { Pace } from '../../shared/connectors/http/pace.ts';

/** Time that stands still while anything is under way, and then goes on to the next moment that somebody waits for: as if machines were infinitely fast. */
export type VirtualPace = Pace & {
  /** Counts work as under way until it has ended. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  readonly stop: () => void;
};

type Timer = { readonly at: number; readonly ring: () => void };

// Between two pieces of work of one run there is only computing; so long without any, everybody waits.
const quietMs = 4;

/** Starts at `start`, in milliseconds since the epoch. */
export function createVirtualPace(start: number): VirtualPace {
  let now = start;
  let underWay = 0;
  let movedAt = performance.now();
  let timers: readonly Timer[] = [];
  const look = (): void => {
    if (underWay > 0 || timers.length === 0 || performance.now() - movedAt < quietMs) return;
    now = Math.max(now, Math.min(...timers.map(({ at }) => at)));
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    movedAt = performance.now();
    for (const { ring } of due) ring();
  };
  const looking = setInterval(look, 1);
  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = { at: now + ms, ring: resolve };
        timers = [...timers, timer];
        signal.addEventListener(
          'abort',
          () => {
            timers = timers.filter((one) => one !== timer);
            reject(new Error('given up'));
          },
          { once: true },
        );
      }),
    during: async (work) => {
      underWay += 1;
      try {
        return await work;
      } finally {
        underWay -= 1;
        movedAt = performance.now();
      }
    },
    stop: () => clearInterval(looking),
  };
}
