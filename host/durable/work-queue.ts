import { Fifo } from './fifo.ts';

/** How many items start in one turn of the event loop: the rest waits, so that HTTP requests are answered in between. */
const STARTS_PER_TURN = 32;

/**
 * Runs queued items at most `limit` at a time; what `run` throws goes to `onError`. Items start in the turn of the event
 * loop in which they come, so that what they write is in its commit. Those that may wait are taken in where there is
 * room, but one in every turn: what has begun ends first, whatever is started meanwhile, and nothing waits for ever.
 */
export class WorkQueue<T> {
  readonly #limit: number;
  readonly #run: (item: T) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #items = new Fifo<T>();
  readonly #waiting = new Fifo<T>();
  #inFlight = 0;
  #startedInTurn = 0;
  #isTurnScheduled = false;
  #isStopped = false;
  #onIdle: (() => void) | undefined;

  constructor(limit: number, run: (item: T) => Promise<void>, onError: (error: unknown) => void) {
    this.#limit = limit;
    this.#run = run;
    this.#onError = onError;
  }

  /** Nothing runs or waits to run. */
  isIdle(): boolean {
    return this.#inFlight + this.#items.length + this.#waiting.length === 0;
  }

  push(item: T): void {
    this.#items.push(item);
    queueMicrotask(() => this.#pump());
  }

  /** Queues an item that may wait for those that have begun. */
  pushLast(item: T): void {
    this.#waiting.push(item);
    this.#scheduleTurn();
  }

  /** Starts nothing more; resolves when what is in flight has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#inFlight > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled || this.#isStopped) return;
    this.#isTurnScheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isTurnScheduled = false;
    this.#startedInTurn = 0;
    if (this.#hasRoom()) this.#start(this.#waiting);
    this.#pump();
    while (this.#hasRoom() && this.#waiting.length > 0) this.#start(this.#waiting);
  }

  #pump(): void {
    while (this.#hasRoom() && this.#items.length > 0) this.#start(this.#items);
    if (this.#items.length + this.#waiting.length > 0) this.#scheduleTurn();
  }

  #hasRoom(): boolean {
    return !this.#isStopped && this.#inFlight < this.#limit && this.#startedInTurn < STARTS_PER_TURN;
  }

  #start(from: Fifo<T>): void {
    const item = from.shift();
    if (item === undefined) return;
    this.#startedInTurn += 1;
    // The turn that counts anew.
    this.#scheduleTurn();
    void this.#runToEnd(item);
  }

  async #runToEnd(item: T): Promise<void> {
    this.#inFlight += 1;
    try {
      await this.#run(item);
    } catch (error) {
      // After a stop that did not wait to the end, nothing can be written any more: the item is done again next time.
      if (!this.#isStopped) this.#onError(error);
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#onIdle?.();
      this.#pump();
    }
  }
}
