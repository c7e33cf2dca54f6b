import type { Effect } from '../domain/change.ts';

/** What a brake counts: changes of an effect, or adoptions of existing accounts. */
export type BrakeEffect = Effect | 'adopt';

/** How many changes of one effect a target takes within a rolling window: the larger of a count and a share of the population. */
export type Brake = { readonly count: number; readonly percent: number; readonly windowMs: number };
export type Brakes = Readonly<Record<BrakeEffect, Brake>>;

/** The brake on an effect for a population of so many people. */
export function brakeLimit(brakes: Brakes, effect: BrakeEffect, population: number): { readonly limit: number; readonly windowMs: number } {
  const { count, percent, windowMs } = brakes[effect];
  return { limit: Math.max(count, Math.floor((population * percent) / 100)), windowMs };
}
