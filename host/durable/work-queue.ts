/** How many items start in one turn of the event loop: the rest waits, so that HTTP requests are answered in between. */
const STARTS_PER_TURN = 16;

/** Runs queued items first in, first out, at most `limit` at a time; what `run` throws goes to `onError`. */
export class WorkQueue<T> {
  readonly #limit: number;
  readonly #run: (item: T) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #items: T[] = [];
  #head = 0;
  #inFlight = 0;
  #isScheduled = false;
  #isStopped = false;
  #onIdle: (() => void) | undefined;

  constructor(limit: number, run: (item: T) => Promise<void>, onError: (error: unknown) => void) {
    this.#limit = limit;
    this.#run = run;
    this.#onError = onError;
  }

  /** Nothing runs or waits to run. */
  isIdle(): boolean {
    return this.#inFlight === 0 && this.#items.length === 0;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#schedule();
  }

  /** Starts nothing more; resolves when what is in flight has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#inFlight > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isStopped) return;
    this.#isScheduled = true;
    setImmediate(() => this.#pump());
  }

  #pump(): void {
    this.#isScheduled = false;
    for (let started = 0; started < STARTS_PER_TURN && this.#inFlight < this.#limit; started += 1) {
      const item = this.#next();
      if (item === undefined || this.#isStopped) return;
      void this.#start(item);
    }
    if (this.#head < this.#items.length && this.#inFlight < this.#limit) this.#schedule();
  }

  #next(): T | undefined {
    const item = this.#items[this.#head];
    this.#head += 1;
    if (this.#head < this.#items.length) {
      if (this.#head > 1024) this.#compact();
    } else {
      this.#items = [];
      this.#head = 0;
    }
    return item;
  }

  #compact(): void {
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }

  async #start(item: T): Promise<void> {
    this.#inFlight += 1;
    try {
      await this.#run(item);
    } catch (error) {
      // After a stop that did not wait to the end, nothing can be written any more: the item is done again next time.
      if (!this.#isStopped) this.#onError(error);
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#onIdle?.();
      this.#schedule();
    }
  }
}
