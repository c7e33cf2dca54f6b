import type { Alarm, HostClock, Timekeeper } from './clock.ts';
import type { ClockStore } from './clock-store.ts';
import { Timekeepers } from './timekeepers.ts';

/** So long after a jump the clock looks in every turn whether the host is idle again; what runs longer waits for something, and the clock looks now and then. Milliseconds of wall time. */
const PROMPT_MS = 20;
const LOOK_MS = 2;

/**
 * A clock that stands still while anything is in flight and then jumps to the next instant at which something is due.
 * How far it may run by itself is its owner's to say; each new time is stored before anything sees it.
 */
export class VirtualClock implements HostClock {
  readonly now = (): number => this.#now;
  readonly #store: ClockStore;
  readonly #keepers = new Timekeepers();
  #now: number;
  #runsUntil: number;
  #isIdle: (() => boolean) | undefined;
  #isLooking = false;
  #isTouched = false;
  #touchedAt = 0;

  /** Begins at `now`, and runs by itself until `runsUntil` once it is started. */
  constructor(store: ClockStore, now: number, runsUntil: number) {
    this.#store = store;
    this.#now = now;
    this.#runsUntil = runsUntil;
    store.write(now);
  }

  wake(keeper: Timekeeper): Alarm {
    this.#keepers.add(keeper);
    return { reset: () => this.#lookSoon(), off: () => this.#keepers.remove(keeper) };
  }

  nextDue(): number | undefined {
    return this.#keepers.nextDue();
  }

  start(isIdle: () => boolean): void {
    this.#isIdle = isIdle;
    this.#lookSoon();
  }

  stop(): void {
    this.#isIdle = undefined;
  }

  /** The instant until which it runs by itself: `Infinity` for ever, up to now while it is paused. */
  get runsUntil(): number {
    return this.#runsUntil;
  }

  /** Lets it run by itself up to an instant, at which it then stands still; `-Infinity` stops it where it is. */
  runUntil(at: number): void {
    this.#runsUntil = at;
    this.#lookSoon();
  }

  /** Moves it to an instant at once, whatever is in flight; what fell due before that is due together. It never goes back. */
  moveTo(at: number): void {
    if (at <= this.#now) return;
    this.#store.write(at);
    this.#now = at;
    this.#lookSoon();
  }

  #lookSoon(): void {
    this.#isTouched = true;
    this.#touchedAt = performance.now();
    this.#lookAgain();
  }

  #lookAgain(): void {
    if (this.#isLooking || this.#isIdle === undefined) return;
    this.#isLooking = true;
    // A look comes after the sockets have been read in its turn, so that what has just come in is seen.
    if (performance.now() - this.#touchedAt < PROMPT_MS) setImmediate(() => this.#look());
    else setTimeout(() => setImmediate(() => this.#look()), LOOK_MS);
  }

  #look(): void {
    this.#isLooking = false;
    if (this.#isIdle === undefined) return;
    if (!this.#isTouched && !this.#isIdle()) return this.#lookAgain();
    this.#isTouched = false;
    const due = this.#keepers.nextDue() ?? Infinity;
    if (due <= this.#now) {
      this.#keepers.ring(this.#now);
      return this.#lookSoon();
    }
    const target = Math.min(due, this.#runsUntil);
    // Without a target it sleeps until somebody resets an alarm.
    if (target === Infinity || target <= this.#now) return;
    if (this.#isIdle()) this.moveTo(target);
    this.#lookAgain();
  }
}
