import type { HeldSession, SessionOwner } from './held-session.ts';

/** A receiver waiting for any session to become available. */
export interface SessionWaiter {
  readonly owner: SessionOwner;
  readonly granted: (session: HeldSession) => void;
}

/**
 * The sessions of one queue: those held by a receiver, in the order in which their locks end, and the ids of those that
 * have messages and no receiver, the longest waiting first.
 */
export class Sessions {
  readonly waiters = new Set<SessionWaiter>();
  readonly #held = new Map<string, HeldSession>();
  readonly #available: Set<string>;

  constructor(available: readonly string[]) {
    this.#available = new Set(available);
  }

  find(id: string): HeldSession | undefined {
    return this.#held.get(id);
  }

  /** A receiver holds one. */
  areHeld(): boolean {
    return this.#held.size > 0;
  }

  hold(session: HeldSession): void {
    this.#available.delete(session.id);
    this.#held.set(session.id, session);
  }

  renew(session: HeldSession, until: number): void {
    session.until = until;
    this.#held.delete(session.id);
    this.#held.set(session.id, session);
  }

  release(session: HeldSession): void {
    session.over = true;
    this.#held.delete(session.id);
  }

  /** The session has a message and may be taken, unless somebody holds it. */
  offer(id: string): void {
    if (!this.#held.has(id)) this.#available.add(id);
  }

  /** The session that has waited longest, taken off the list. */
  takeAvailable(): string | undefined {
    const id = this.#available.values().next().value;
    if (id !== undefined) this.#available.delete(id);
    return id;
  }

  /** The held sessions whose locks have ended by now. */
  ended(now: number): readonly HeldSession[] {
    const ended: HeldSession[] = [];
    for (const session of this.#held.values()) {
      if (session.until > now) break;
      ended.push(session);
    }
    return ended;
  }

  earliestEnd(): number | undefined {
    return this.#held.values().next().value?.until;
  }
}
