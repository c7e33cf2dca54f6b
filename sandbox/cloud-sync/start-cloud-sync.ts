import type { World } from '../foundation/world.ts';
import { beginning, runCycle, type SyncPosition, type SyncReport } from './run-cycle.ts';

/** The running synchronisation. */
export type RunningCloudSync = {
  /** Runs one cycle now, also while paused, after one that is under way. */
  readonly cycle: () => Promise<SyncReport>;
  /** Ends the timer and waits for a cycle that is under way. */
  readonly stop: () => Promise<void>;
};

// How soon a changed interval or pause takes effect, in milliseconds.
const tickMs = 100;

/** Starts the simulated Entra Cloud Sync: a cycle every `settings.cloudSync.intervalMs` of wall time unless paused. The first cycle after a start reads the whole directory. */
export function startCloudSync(world: World): RunningCloudSync {
  let position: SyncPosition = beginning;
  let latest: Promise<unknown> = Promise.resolve();
  let lastAt = performance.now();
  const cycle = (): Promise<SyncReport> => {
    const next = latest.then(async () => {
      const { report, position: reached } = await runCycle(world, position);
      position = reached;
      lastAt = performance.now();
      return report;
    });
    latest = next.catch(() => undefined);
    return next;
  };
  const timer = setInterval(() => {
    const { intervalMs, paused } = world.settings.cloudSync;
    if (paused || performance.now() - lastAt < intervalMs) return;
    lastAt = Infinity;
    cycle().catch((error: unknown) => {
      lastAt = performance.now();
      console.error('sandbox: cloud sync failed', error);
    });
  }, tickMs);
  return {
    cycle,
    stop: async () => {
      clearInterval(timer);
      await latest;
    },
  };
}
