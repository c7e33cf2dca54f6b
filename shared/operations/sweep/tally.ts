import type { Sweep } from '../../ports/registry/sweeps.ts';

/** What a part of a sweep came to: people looked at, things found open, things a run was planned for, and things that people have to look at. */
export type Tally = Pick<Sweep, 'looked' | 'found' | 'repaired' | 'raised'>;

/** Nothing looked at, nothing found. */
export const nothing: Tally = { looked: 0, found: 0, repaired: 0, raised: 0 };

/** The sum of several. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const add = (key: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[key], 0);
  return { looked: add('looked'), found: add('found'), repaired: add('repaired'), raised: add('raised') };
}
