import { within } from '../within.ts';

/** Counts running work, so that a stop can wait for it. */
export class InFlight {
  readonly #running = new Set<Promise<void>>();

  async track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    try {
      await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** Resolves when nothing runs any more, at most after `limitMs` milliseconds. */
  async settle(limitMs: number): Promise<void> {
    await within(Promise.allSettled(this.#running), limitMs);
  }
}
