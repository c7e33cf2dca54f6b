/**
 * Events that come from outside (extension, `DurableOrchestrationContext.cs`, `WaitForExternalEvent` and `RaiseEvent`):
 * their names have no case, the newest wait is served first, and what comes early is kept in the order of its arrival.
 */
export class ExternalEvents {
  readonly #waits = new Map<string, (() => void)[]>();
  readonly #early = new Map<string, number>();

  wait(name: string, done: () => void): void {
    const key = name.toLowerCase();
    const early = this.#early.get(key) ?? 0;
    if (early > 0) {
      this.#early.set(key, early - 1);
      return done();
    }
    const waiting = this.#waits.get(key);
    if (waiting) waiting.push(done);
    else this.#waits.set(key, [done]);
  }

  raise(name: string): void {
    const key = name.toLowerCase();
    const done = this.#waits.get(key)?.pop();
    if (done) done();
    else this.#early.set(key, (this.#early.get(key) ?? 0) + 1);
  }
}
