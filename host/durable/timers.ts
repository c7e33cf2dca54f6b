import type { Alarm, Clock } from '../clock/clock.ts';
import { EVENT, historyEvent } from './history-event.ts';
import type { LiveInstance } from './instance.ts';
import type { HubContext, Instances } from './instances.ts';

const MOST_AT_ONCE = 200;

/** Fires the durable timers when they are due. They live in the database alone. */
export class DurableTimers {
  readonly #context: HubContext;
  readonly #instances: Instances;
  readonly #clock: Clock;
  #alarm: Alarm | undefined;

  constructor(context: HubContext, instances: Instances, clock: Clock) {
    this.#context = context;
    this.#instances = instances;
    this.#clock = clock;
  }

  start(): void {
    this.#alarm = this.#clock.wake({ nextDue: () => this.#context.work.nextTimerAt(), ring: () => this.#fireDue() });
    this.#alarm.reset();
  }

  /** Stores a timer in the open batch. */
  schedule(instance: LiveInstance, taskId: number, fireAt: number): void {
    instance.hasTimers = true;
    this.#context.work.addTimer({ instanceKey: instance.key, taskId, fireAt });
    this.#alarm?.reset();
  }

  cancel(instance: LiveInstance, taskId: number): void {
    this.#context.work.deleteTimer(instance.key, taskId);
  }

  stop(): void {
    this.#alarm?.off();
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
  }
}
