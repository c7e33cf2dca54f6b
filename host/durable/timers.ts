import { EVENT, historyEvent } from './history-event.ts';
import type { LiveInstance } from './instance.ts';
import type { HubContext, Instances } from './instances.ts';

const MOST_AT_ONCE = 200;
// In short legs, so that a clock that was put forward is noticed: a computer that slept, or a host that is given its time.
const LONGEST_SLEEP_MS = 100;

/** Fires the durable timers when they are due. They live in the database; in memory there is only the time of the next one. */
export class DurableTimers {
  readonly #context: HubContext;
  readonly #instances: Instances;
  #handle: NodeJS.Timeout | undefined;
  #wakeAt = Infinity;
  #isStopped = true;

  constructor(context: HubContext, instances: Instances) {
    this.#context = context;
    this.#instances = instances;
  }

  start(): void {
    this.#isStopped = false;
    this.#sleepUntil(this.#context.work.nextTimerAt());
  }

  /** Stores a timer in the open batch. */
  schedule(instance: LiveInstance, taskId: number, fireAt: number): void {
    instance.hasTimers = true;
    this.#context.work.addTimer({ instanceKey: instance.key, taskId, fireAt });
    if (fireAt < this.#wakeAt) this.#sleepUntil(fireAt);
  }

  cancel(instance: LiveInstance, taskId: number): void {
    this.#context.work.deleteTimer(instance.key, taskId);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#handle);
  }

  #sleepUntil(at: number | undefined): void {
    clearTimeout(this.#handle);
    this.#wakeAt = at ?? Infinity;
    if (at === undefined || this.#isStopped) return;
    this.#handle = setTimeout(() => this.#fireDue(), Math.min(Math.max(0, at - this.#context.now()), LONGEST_SLEEP_MS));
  }

  #fireDue(): void {
    try {
      this.#fire(this.#context.now());
    } catch (error) {
      this.#context.onBroken(error);
    }
  }

  #fire(at: number): void {
    const { work, batch } = this.#context;
    const due = work.dueTimers(at, MOST_AT_ONCE);
    for (const timer of due) {
      batch.open();
      work.deleteTimer(timer.instanceKey, timer.taskId);
      const instance = this.#instances.findByKey(timer.instanceKey);
      const fields = { TimerId: timer.taskId, FireAt: new Date(timer.fireAt).toISOString() };
      if (instance) this.#instances.deliver(instance, historyEvent(EVENT.TimerFired, at, fields));
    }
    this.#sleepUntil(due.length === MOST_AT_ONCE ? at : work.nextTimerAt());
  }
}
