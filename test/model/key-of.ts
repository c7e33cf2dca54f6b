import type { State, Worker } from './state.ts';

/** A function that gives the same short key for the same state. Which worker is which makes no difference, so their order does not count. */
export function createKeys(): (state: State) => string {
  const numbers = new Map<string, number>();
  const known = new WeakMap<object, number>();
  const number = (part: object): number => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const text = JSON.stringify(part);
    const given = numbers.get(text) ?? numbers.size;
    numbers.set(text, given);
    known.set(part, given);
    return given;
  };
  const busy = (worker: Worker | null): number => (worker === null ? -1 : number(worker));
  return ({ events, person, runs, workers, world, freezes, broken }) => {
    const free = [number(events), number(person), number(world), number(broken), freezes];
    return `${free.join()}|${runs.map(number).join()}|${workers
      .map(busy)
      .toSorted((one, other) => one - other)
      .join()}`;
  };
}
