import type { Timekeeper } from './clock.ts';

/** Those who wait for instants. */
export class Timekeepers {
  readonly #keepers = new Set<Timekeeper>();

  add(keeper: Timekeeper): void {
    this.#keepers.add(keeper);
  }

  remove(keeper: Timekeeper): void {
    this.#keepers.delete(keeper);
  }

  /** The earliest instant of all. */
  nextDue(): number | undefined {
    let earliest: number | undefined;
    for (const keeper of this.#keepers) {
      const due = keeper.nextDue();
      if (due !== undefined && (earliest === undefined || due < earliest)) earliest = due;
    }
    return earliest;
  }

  /** Has each do what is due by now. */
  ring(now: number): void {
    for (const keeper of this.#keepers) if ((keeper.nextDue() ?? Infinity) <= now) keeper.ring();
  }
}
