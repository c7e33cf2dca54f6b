import type { Alarm, Clock } from '../clock/clock.ts';

/** Does one thing at one instant of the host's clock (milliseconds since 1970): perhaps late, never early. */
export class Waker {
  readonly #alarm: Alarm;
  #at: number | undefined;
  #action: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#alarm = clock.wake({ nextDue: () => this.#at, ring: () => this.#ring() });
  }

  /** Forgets what was set before. */
  set(at: number, action: () => void): void {
    this.#at = at;
    this.#action = action;
    this.#alarm.reset();
  }

  /** Does nothing any more. */
  off(): void {
    this.#alarm.off();
  }

  #ring(): void {
    this.#at = undefined;
    this.#action();
  }
}
