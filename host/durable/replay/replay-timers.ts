import type { Done, TaskContext } from './task-context.ts';

/** A timer longer than the first is cut into legs of the second, as the Azure Storage provider does; milliseconds. */
export const MAXIMUM_SHORT_TIMER_MS = 6 * 86_400_000;
export const LONG_TIMER_LEG_MS = 3 * 86_400_000;

/** The timers of an orchestrator, as the extension makes them (`DurableOrchestrationContext.cs`, `CreateTimer`). */
export class ReplayTimers {
  /** Ids of timers that need not fire any more. */
  readonly cancelled: number[] = [];
  readonly #context: TaskContext;
  // The extension has one flag for all timers of an orchestration. While it is up, a timer that is due already takes no number.
  #isLongRunning = false;

  constructor(context: TaskContext) {
    this.#context = context;
  }

  create(fireAt: number, isCancelled: boolean, done: Done): void {
    const { now } = this.#context;
    const isLong = fireAt - now > MAXIMUM_SHORT_TIMER_MS;
    this.#isLongRunning ||= isLong;
    if (this.#isLongRunning && fireAt <= now) return this.#end(done);
    const id = this.#leg(isLong ? now + LONG_TIMER_LEG_MS : fireAt, fireAt, done);
    if (!isCancelled) return;
    this.#context.abandonTimer(id);
    // On Azure a cancelled timer fires all the same. Only for a leg does that matter: the library then begins the next one.
    if (!isLong) this.cancelled.push(id);
    done(false);
  }

  #leg(at: number, fireAt: number, done: Done): number {
    return this.#context.timer(at, () => {
      const { now } = this.#context;
      if (fireAt > now) this.#leg(Math.min(fireAt, now + LONG_TIMER_LEG_MS), fireAt, done);
      else this.#end(done);
    });
  }

  #end(done: Done): void {
    this.#isLongRunning = false;
    done(true);
  }
}
