/** A sequence of pseudo-random numbers that a seed fixes: the same seed gives the same campaign. */
export type Random = {
  /** A number from `low` to below `high`. */
  between(low: number, high: number): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
};

/** Mulberry32 (https://github.com/cprosche/mulberry32): 32 bits of state, good enough to choose moments. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { between: (low, high) => low + next() * (high - low), below: (count) => Math.floor(next() * count) };
}
