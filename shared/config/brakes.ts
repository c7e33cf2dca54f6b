import type { Effect } from '../domain/change.ts';

/**
 * What a brake counts: people whom changes of an effect touch, adoptions of existing accounts, people who are to have access again, and people who are given or lose one and the same group or licence.
 */
export type BrakeEffect = Effect | 'adopt' | 'reenable' | 'grantOne' | 'revokeOne';

/**
 * How many people within a rolling window: a count, and a share of the population, whichever is smaller. A company is never so small that a brake trips at
 * `atLeast` people or fewer.
 */
export type Brake = { readonly atLeast: number; readonly count: number; readonly percent: number; readonly windowMs: number };
export type Brakes = Readonly<Record<BrakeEffect, Brake>>;

/** The brake on an effect for a population of so many people. */
export function brakeLimit(brakes: Brakes, effect: BrakeEffect, population: number): { readonly limit: number; readonly windowMs: number } {
  const { atLeast, count, percent, windowMs } = brakes[effect];
  return { limit: Math.max(atLeast, Math.min(count, Math.floor((population * percent) / 100))), windowMs };
}
