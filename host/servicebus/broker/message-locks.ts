/** A message handed to a receiver and not settled yet. */
export interface MessageLock {
  /** The lock token, 32 hexadecimal digits. */
  readonly token: string;
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** How often the message has been handed out, this time included. */
  readonly deliveries: number;
  /** The message was fetched by its number and stays deferred unless it is settled. */
  readonly deferred: boolean;
  /** Whether the receiver it was handed to is still there; absent where it was fetched by its number. */
  readonly isHeld?: () => boolean;
}

/**
 * The locks of one queue or one session. All last equally long, so they stand in the order in which they end: finding
 * the ended ones costs nothing but them.
 */
export class MessageLocks {
  readonly #byToken = new Map<string, MessageLock>();
  readonly #locked = new Set<number>();

  add(lock: MessageLock): void {
    this.#byToken.set(lock.token, lock);
    this.#locked.add(lock.seq);
  }

  find(token: string): MessageLock | undefined {
    return this.#byToken.get(token);
  }

  remove(lock: MessageLock): void {
    this.#byToken.delete(lock.token);
    this.#locked.delete(lock.seq);
  }

  renew(lock: MessageLock, until: number): void {
    this.#byToken.delete(lock.token);
    this.#byToken.set(lock.token, { ...lock, until });
  }

  isLocked(seq: number): boolean {
    return this.#locked.has(seq);
  }

  /** The locks that have ended by now. */
  ended(now: number): readonly MessageLock[] {
    const ended: MessageLock[] = [];
    for (const lock of this.#byToken.values()) {
      if (lock.until > now) break;
      ended.push(lock);
    }
    return ended;
  }

  all(): readonly MessageLock[] {
    return [...this.#byToken.values()];
  }

  earliestEnd(): number | undefined {
    return this.#byToken.values().next().value?.until;
  }
}
