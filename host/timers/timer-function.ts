import type { Alarm, Clock } from '../clock/clock.ts';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import type { RpcTypedData } from '../worker/rpc-types.ts';
import type { Schedule } from './schedule.ts';
import type { ScheduleStatus, ScheduleStore } from './schedule-store.ts';

/** What a timer function needs. */
export type TimerFunctionOptions = {
  readonly fn: AppFunction;
  readonly schedule: Schedule;
  readonly store: ScheduleStore;
  readonly clock: Clock;
  readonly run: (data: RpcTypedData) => Promise<unknown>;
};

/**
 * Runs one timer function on its schedule, never twice at once, and keeps its status. A run that was due while the
 * host was down happens at the start with `isPastDue` (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#usage).
 */
export class TimerFunction {
  readonly #options: TimerFunctionOptions;
  readonly #alarm: Alarm;
  #nextAt: number | undefined;
  #tail: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: TimerFunctionOptions) {
    this.#options = options;
    this.#alarm = options.clock.wake({ nextDue: () => this.#nextAt, ring: () => this.#ring() });
  }

  start(): void {
    const { fn, store, schedule, clock } = this.#options;
    const isMonitored = fn.trigger['useMonitor'] !== false && schedule.isMonitored;
    const known = isMonitored ? store.read(fn.name) : undefined;
    const missed = known && (schedule.next(known.lastAt ?? known.updatedAt) ?? Infinity) <= clock.now();
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
    this.#alarm.off();
    return this.#tail;
  }

  #ring(): void {
    this.#nextAt = undefined;
    void this.runNow();
  }

  async #run(isPastDue: boolean): Promise<void> {
    if (this.#isStopped) return;
    const { fn, store, schedule, clock, run } = this.#options;
    const startedAt = clock.now();
    const status = store.read(fn.name);
    try {
      await run({ json: JSON.stringify(timerInfo(status, schedule.next(startedAt), isPastDue)) });
    } catch (error) {
      logLine('error', fn.name, messageOf(error));
    }
    this.#plan(startedAt);
  }

  #plan(lastAt: number | undefined): void {
    const { fn, store, schedule, clock } = this.#options;
    const at = clock.now();
    const nextAt = schedule.next(at);
    this.#nextAt = nextAt;
    if (nextAt === undefined || this.#isStopped) return;
    store.write(fn.name, { lastAt, nextAt, updatedAt: at });
    this.#alarm.reset();
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
