import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock/clock.ts';
import type { WriteBatch } from '../data/write-batch.ts';
import { HostError } from '../host-error.ts';
import { resolveSetting } from '../settings/resolve-setting.ts';
import { triggerText } from '../worker/app-registry.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import { isDisabled } from '../worker/is-disabled.ts';
import { retryPolicy } from '../worker/retry-policy.ts';
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

/** Reads the schedules of timer functions (`WEBSITE_TIME_ZONE` sets their zone); nothing runs before `start`. Throws `HostError` for a schedule, zone or retry policy it cannot read. */
export function createTimerFunctions(functions: readonly AppFunction[], run: RunFunction, storage: TimerStorage): TimerFunctions {
  const store = new ScheduleStore(storage.database, storage.batch);
  const timeZone = readTimeZone(process.env['WEBSITE_TIME_ZONE']);
  const timers = new Map(functions.map((fn) => [fn.name, createTimer(fn, run, { store, timeZone, clock: storage.clock })]));
  return {
    // One that is disabled may still be run by hand, as on Azure.
    start: () => timers.forEach((timer, name) => isDisabled(name, process.env) || timer.start()),
    runNow: (name) => {
      timers.get(name)?.runNow();
      return timers.has(name);
    },
    stop: async () => void (await Promise.all([...timers.values()].map((timer) => timer.stop()))),
  };
}

type TimerContext = { readonly store: ScheduleStore; readonly timeZone: string; readonly clock: Clock };

function createTimer(fn: AppFunction, run: RunFunction, { store, timeZone, clock }: TimerContext): TimerFunction {
  const expression = resolveSetting(triggerText(fn, 'schedule', ''), fn.name);
  const schedule = parseSchedule(expression, { functionName: fn.name, timeZone, from: clock.now() });
  return new TimerFunction({
    name: fn.name,
    schedule,
    store,
    clock,
    runsOnStartup: fn.trigger['runOnStartup'] === true,
    isMonitored: fn.trigger['useMonitor'] !== false && schedule.isMonitored,
    retry: retryPolicy(fn),
    run: (data, retryContext) => run(fn, data, {}, retryContext),
  });
}

/** The zone of schedules (https://learn.microsoft.com/azure/azure-functions/functions-app-settings#website_time_zone), UTC where none is given. */
function readTimeZone(given: string | undefined): string {
  // To look a zone up takes its time, and most starts need none.
  if (!given) return 'UTC';
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    return given;
  } catch {
    throw new HostError(`WEBSITE_TIME_ZONE is "${given}", which is no time zone. Give a name such as Europe/Berlin.`);
  }
}
