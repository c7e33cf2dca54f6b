import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import type { RpcTypedData } from '../worker/rpc-types.ts';
import type { Schedule } from './schedule.ts';
import type { ScheduleStatus, ScheduleStore } from './schedule-store.ts';

/** What a timer function needs; `now` gives milliseconds since 1970. */
export type TimerFunctionOptions = {
  readonly fn: AppFunction;
  readonly schedule: Schedule;
  readonly store: ScheduleStore;
  readonly now: () => number;
  readonly run: (data: RpcTypedData) => Promise<unknown>;
};

// setTimeout takes at most 2^31 − 1 ms (https://nodejs.org/api/timers.html); a day is a safe leg.
const LONGEST_SLEEP_MS = 86_400_000;

/**
 * Runs one timer function on its schedule, never twice at once, and keeps its status. A run that was due while the
 * host was down happens at the start with `isPastDue` (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#usage).
 */
export class TimerFunction {
  readonly #options: TimerFunctionOptions;
  #handle: NodeJS.Timeout | undefined;
  #tail: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: TimerFunctionOptions) {
    this.#options = options;
  }

  start(): void {
    const { fn, store, schedule, now } = this.#options;
    const isMonitored = fn.trigger['useMonitor'] !== false && schedule.isMonitored;
    const known = isMonitored ? store.read(fn.name) : undefined;
    const missed = known && (schedule.next(known.lastAt ?? known.updatedAt) ?? Infinity) <= now();
    if (missed || fn.trigger['runOnStartup'] === true) void this.runNow(missed === true);
    else this.#plan(known?.lastAt);
  }

  /** Runs the function once after any run in progress; the schedule goes on afterwards. */
  runNow(isPastDue = false): Promise<void> {
    this.#tail = this.#tail.then(() => this.#run(isPastDue));
    return this.#tail;
  }

  /** Runs it no more; resolves when a run in progress has ended. */
  stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#handle);
    return this.#tail;
  }

  async #run(isPastDue: boolean): Promise<void> {
    if (this.#isStopped) return;
    const { fn, store, schedule, now, run } = this.#options;
    const startedAt = now();
    const status = store.read(fn.name);
    try {
      await run({ json: JSON.stringify(timerInfo(status, schedule.next(startedAt), isPastDue)) });
    } catch (error) {
      logLine('error', fn.name, messageOf(error));
    }
    this.#plan(startedAt);
  }

  #plan(lastAt: number | undefined): void {
    const { fn, store, schedule, now } = this.#options;
    const at = now();
    const nextAt = schedule.next(at);
    clearTimeout(this.#handle);
    if (nextAt === undefined || this.#isStopped) return;
    store.write(fn.name, { lastAt, nextAt, updatedAt: at });
    this.#sleepUntil(nextAt);
  }

  #sleepUntil(at: number): void {
    const { now } = this.#options;
    const left = Math.min(Math.max(at - now(), 0), LONGEST_SLEEP_MS);
    // A timeout may come a moment early: running then would give the same occurrence twice.
    this.#handle = setTimeout(() => (now() < at ? this.#sleepUntil(at) : void this.runNow()), left);
  }
}

/** The data of a timer trigger, as the host sends it (`TimerInfo` of the timer extension). */
function timerInfo(status: ScheduleStatus | undefined, next: number | undefined, isPastDue: boolean): object {
  return {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: isoTime(status?.lastAt), Next: isoTime(next), LastUpdated: isoTime(status?.updatedAt) },
    IsPastDue: isPastDue,
  };
}

function isoTime(at: number | undefined): string {
  // .NET's default date stands for "never".
  return at === undefined ? '0001-01-01T00:00:00+00:00' : new Date(at).toISOString().replace('Z', '+00:00');
}
