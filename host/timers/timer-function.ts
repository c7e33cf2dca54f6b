import type { Clock } from '../clock/clock.ts';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { RetryPolicy } from '../worker/retry-policy.ts';
import type { RpcRetryContext, RpcTypedData } from '../worker/rpc-types.ts';
import type { Schedule } from './schedule.ts';
import { startSchedule } from './schedule-status.ts';
import type { ScheduleStatus } from './schedule-status.ts';
import type { ScheduleStore } from './schedule-store.ts';
import { timerInfo } from './timer-info.ts';
import { Waker } from './waker.ts';

/** What a timer function needs. */
export type TimerFunctionOptions = {
  readonly name: string;
  readonly schedule: Schedule;
  readonly store: ScheduleStore;
  readonly clock: Clock;
  readonly runsOnStartup: boolean;
  /** Its status is kept, and a missed run made up for. */
  readonly isMonitored: boolean;
  readonly retry: RetryPolicy | undefined;
  /** Runs the function; throws what it throws. */
  readonly run: (data: RpcTypedData, retryContext: RpcRetryContext | undefined) => Promise<unknown>;
};

type Occurrence = { readonly isPastDue: boolean };

/**
 * Runs one timer function on its schedule, never twice at once, and keeps its status. A run that was due while the host was down happens at the
 * start with `isPastDue` (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#usage). A run that takes longer than the
 * schedule's interval is followed at once by the next. A failure is tried again by the function's retry policy, then the schedule goes on.
 * A run counts as done when it and its retries have ended: one that the end of the host cuts short is past due at the next start.
 */
export class TimerFunction {
  readonly #options: TimerFunctionOptions;
  readonly #waker: Waker;
  #status: ScheduleStatus;
  #tail: Promise<void> = Promise.resolve();
  #isStopped = false;
  #endPause: (() => void) | undefined;

  constructor(options: TimerFunctionOptions) {
    this.#options = options;
    this.#waker = new Waker(options.clock);
    this.#status = startSchedule(options.schedule, undefined, options.clock.now()).status;
  }

  start(): void {
    const { name, schedule, store, clock, isMonitored, runsOnStartup } = this.#options;
    const { status, isPastDue } = startSchedule(schedule, isMonitored ? store.read(name) : undefined, clock.now());
    this.#keep(status);
    if (isPastDue || runsOnStartup) this.#occur({ isPastDue });
    else this.#wait();
  }

  /** Runs the function once by hand, after any run in progress. The schedule takes no notice, and nothing is tried again. */
  runNow(): void {
    this.#enqueue(async () => {
      await this.#attempt({ isPastDue: false }, undefined);
    });
  }

  /** Runs it no more; resolves when a run in progress has ended. */
  stop(): Promise<void> {
    this.#isStopped = true;
    this.#waker.off();
    this.#endPause?.();
    return this.#tail;
  }

  #occur(occurrence: Occurrence): void {
    this.#enqueue(async () => {
      const { schedule, clock } = this.#options;
      const startedAt = clock.now();
      if (!(await this.#runWithRetry(occurrence))) return;
      this.#keep({ lastAt: startedAt, nextAt: schedule.next(startedAt), updatedAt: startedAt });
      this.#wait();
    });
  }

  #enqueue(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      if (!this.#isStopped) await work();
    });
  }

  /** Whether the run has ended, well or not; false where the host stopped before it was tried for the last time. */
  async #runWithRetry(occurrence: Occurrence): Promise<boolean> {
    const { name, retry, clock } = this.#options;
    let retryContext: RpcRetryContext | undefined;
    for (let count = 1; ; count += 1) {
      const failure = await this.#attempt(occurrence, retryContext);
      if (!failure || !retry || (retry.maxRetryCount !== -1 && count > retry.maxRetryCount)) return true;
      if (this.#isStopped) return false;
      const pause = retry.delayMs(count);
      logLine('information', name, `It is tried again in ${Math.round(pause)} ms (retry ${count} of ${retry.maxRetryCount}).`);
      await new Promise<void>((resolve) => {
        this.#endPause = resolve;
        this.#waker.set(clock.now() + pause, resolve);
      });
      if (this.#isStopped) return false;
      retryContext = { retryCount: count, maxRetryCount: retry.maxRetryCount, exception: failure };
    }
  }

  async #attempt({ isPastDue }: Occurrence, retryContext: RpcRetryContext | undefined): Promise<RpcRetryContext['exception'] | undefined> {
    const { name, schedule, isMonitored, run } = this.#options;
    try {
      await run(timerInfo(schedule, isMonitored ? this.#status : undefined, isPastDue), retryContext);
      return undefined;
    } catch (error) {
      const message = messageOf(error);
      logLine('error', name, message);
      return { message, source: '', stackTrace: error instanceof Error ? (error.stack ?? '') : '' };
    }
  }

  #keep(status: ScheduleStatus): void {
    const { name, store, isMonitored } = this.#options;
    this.#status = status;
    if (isMonitored) store.write(name, status);
  }

  #wait(): void {
    if (!this.#isStopped) this.#waker.set(this.#status.nextAt, () => this.#occur({ isPastDue: false }));
  }
}
