import type { Alarm, HostClock, Timekeeper } from './clock.ts';
import { Timekeepers } from './timekeepers.ts';

// In short legs, so that a clock that was put forward is noticed: a computer that slept, or a host that is given its time.
const LONGEST_SLEEP_MS = 100;

/** A clock that passes by itself: that of the machine, or one that the owner of the host gives. */
export class WallClock implements HostClock {
  readonly now: () => number;
  readonly #keepers = new Timekeepers();
  #handle: NodeJS.Timeout | undefined;
  #wakeAt = Infinity;
  #isStopped = false;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  wake(keeper: Timekeeper): Alarm {
    this.#keepers.add(keeper);
    return {
      reset: () => this.#sleepUntil(Math.min(this.#wakeAt, keeper.nextDue() ?? Infinity)),
      off: () => this.#keepers.remove(keeper),
    };
  }

  nextDue(): number | undefined {
    return this.#keepers.nextDue();
  }

  start(): void {
    this.#sleepUntil(this.#keepers.nextDue() ?? Infinity);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#handle);
  }

  #sleepUntil(at: number): void {
    if (at === this.#wakeAt || this.#isStopped) return;
    clearTimeout(this.#handle);
    this.#wakeAt = at;
    if (at < Infinity) this.#handle = setTimeout(() => this.#ring(), Math.min(Math.max(0, at - this.now()), LONGEST_SLEEP_MS));
  }

  #ring(): void {
    this.#wakeAt = Infinity;
    this.#keepers.ring(this.now());
    this.#sleepUntil(this.#keepers.nextDue() ?? Infinity);
  }
}
