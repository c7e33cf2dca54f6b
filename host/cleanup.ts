/** Undoes what was opened, the last first, once. */
export class Cleanup {
  #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Runs every step; one that fails does not keep the others from running, and its error is thrown at the end. */
  async run(): Promise<void> {
    const steps = this.#steps.reverse();
    this.#steps = [];
    let failure: { readonly error: unknown } | undefined;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        failure = { error };
      }
    }
    if (failure) throw failure.error;
  }
}
