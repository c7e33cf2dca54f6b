const COMPACTED_AT = 1024;

/** A list that gives its items in the order in which they came, each at the same small cost however many wait. */
export class Fifo<T> {
  #items: T[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#head += 1;
    // A list that is used up, or that has a long part behind it that keeps what it held from being collected.
    if (this.length === 0 || this.#head >= COMPACTED_AT) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
