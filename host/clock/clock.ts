/**
 * The time of the host, and the only way to be woken at an instant. Everything that is due some day (durable timers,
 * schedules, messages and their locks) goes by it; times are milliseconds since 1970. What limits real work, such as the
 * time a function may take or a client waits for an answer, is wall time and no business of this clock.
 */
export type Clock = {
  readonly now: () => number;
  /** Wakes the keeper whenever something of it is due: in a turn of its own, perhaps late, never early. */
  readonly wake: (keeper: Timekeeper) => Alarm;
};

/** Something that waits for instants. */
export type Timekeeper = {
  /** The next instant; `undefined` while it waits for nothing. It is asked again and again, so what was cancelled wakes nobody. */
  readonly nextDue: () => number | undefined;
  /** Does what is due. What could not be done must not count as due any more: it would be called again at once. */
  readonly ring: () => void;
};

/** How a keeper speaks to the clock. */
export type Alarm = {
  /** To be called when the keeper may wait for an earlier instant than before. */
  readonly reset: () => void;
  /** Ends the waking. */
  readonly off: () => void;
};

/** A clock as the host drives it. */
export type HostClock = Clock & {
  /** The next instant at which anything is due. */
  nextDue(): number | undefined;
  /** Everything runs now; `isIdle` tells whether nothing is in flight. */
  start(isIdle: () => boolean): void;
  /** Wakes nobody any more. */
  stop(): void;
};
