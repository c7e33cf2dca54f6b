/** How a message can be settled. */
export type Outcome = 'completed' | 'abandoned';

/**
 * Settles messages, those of one outcome at a time: one that is to end otherwise waits until those under way are confirmed. rhea, under the SDK, joins what is settled within one turn
 * of the event loop into a range, and compares no outcome with that of a range's first (rhea 3.0.5, `lib/session.js`, `write_dispositions`): a message that was abandoned right after its
 * neighbour was completed would be completed with it, and be lost.
 */
export class Settlements {
  readonly #underWay = new Set<Promise<void>>();
  #outcome: Outcome = 'completed';

  /** Runs the settlement when its turn has come. Throws what it throws. */
  async settle(outcome: Outcome, settlement: () => Promise<void>): Promise<void> {
    while (this.#outcome !== outcome && this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    this.#outcome = outcome;
    const running = settlement();
    this.#underWay.add(running);
    try {
      await running;
    } finally {
      this.#underWay.delete(running);
    }
  }
}
