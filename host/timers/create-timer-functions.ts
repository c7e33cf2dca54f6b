import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock/clock.ts';
import type { WriteBatch } from '../data/write-batch.ts';
import { resolveSetting } from '../settings/resolve-setting.ts';
import { triggerText } from '../worker/app-registry.ts';
import type { AppRegistry } from '../worker/app-registry.ts';
import type { RunFunction } from '../worker/run-function.ts';
import { parseSchedule } from './schedule.ts';
import { ScheduleStore } from './schedule-store.ts';
import { TimerFunction } from './timer-function.ts';

/** The timer functions of an app. */
export type TimerFunctions = {
  start(): void;
  /** Runs one now, after any run in progress; false where there is no timer function with this name. */
  runNow(name: string): boolean;
  /** Runs none any more; resolves when the runs in progress have ended. */
  stop(): Promise<void>;
};

/** Where schedules are kept, and the clock they go by. */
export type TimerStorage = { readonly database: DatabaseSync; readonly batch: WriteBatch; readonly clock: Clock };

/** Reads the schedules of an app's timer functions (`WEBSITE_TIME_ZONE` sets their zone); nothing runs before `start`. Throws `HostError` for a schedule it cannot read. */
export function createTimerFunctions(app: AppRegistry, run: RunFunction, storage: TimerStorage): TimerFunctions {
  const store = new ScheduleStore(storage.database, storage.batch);
  const timers = new Map<string, TimerFunction>();
  for (const fn of app.functions.values()) {
    if (fn.triggerType !== 'timertrigger') continue;
    const expression = resolveSetting(triggerText(fn, 'schedule', ''), fn.name);
    const schedule = parseSchedule({
      expression,
      functionName: fn.name,
      timeZone: process.env['WEBSITE_TIME_ZONE'],
      from: storage.clock.now(),
    });
    timers.set(fn.name, new TimerFunction({ fn, schedule, store, clock: storage.clock, run: (data) => run(fn, data) }));
  }
  return {
    start: () => timers.forEach((timer) => timer.start()),
    runNow: (name) => {
      void timers.get(name)?.runNow();
      return timers.has(name);
    },
    stop: async () => void (await Promise.all([...timers.values()].map((timer) => timer.stop()))),
  };
}
