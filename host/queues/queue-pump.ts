/** Brings the messages of one queue to one function until it is stopped. */
export type QueuePump = {
  /** Takes no more messages, and resolves when the handlers in flight have ended, at most after `limitMs` milliseconds. */
  stop(limitMs: number): Promise<void>;
};

/** How messages are received; durations in milliseconds. */
export type QueuePumpSettings = {
  readonly maxConcurrentCalls: number;
  readonly maxConcurrentSessions: number;
  readonly maxAutoLockRenewalDuration: number;
  readonly sessionIdleTimeout: number;
};
