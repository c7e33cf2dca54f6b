/** Numbers, the smallest first out; adding and taking cost O(log n). */
export class NumberHeap {
  readonly #items: number[] = [];

  add(value: number): void {
    const items = this.#items;
    let at = items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#at(parent);
      if (above <= value) break;
      items[at] = above;
      at = parent;
    }
    items[at] = value;
  }

  /** The smallest number, removed; undefined when there is none. */
  take(): number | undefined {
    const smallest = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return smallest;
  }

  #sink(value: number): void {
    const items = this.#items;
    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && this.#at(child + 1) < this.#at(child)) child += 1;
      if (value <= this.#at(child)) break;
      items[at] = this.#at(child);
      at = child;
    }
    items[at] = value;
  }

  #at(index: number): number {
    return this.#items[index] ?? Number.POSITIVE_INFINITY;
  }
}
