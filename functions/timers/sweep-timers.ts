import type { TimerHandler } from '@azure/functions';
import { keepPopulation as keep } from '../../shared/operations/sweep/keep-population.ts';
import type { Product } from '../compose/compose.ts';
import { startSweep } from '../start-sweep.ts';

/** Every night: looks at everybody who has left, once a day (UTC), however often the timer fires. */
export function sweepNightly(product: Product): TimerHandler {
  return async (_, context) => {
    const day = new Date(product.operations.clock.now()).toISOString().slice(0, 10);
    await startSweep(product, context, `sweep-${day}`);
  };
}

/** Keeps how many people there are today, where that has not been kept yet. */
export function keepPopulation(product: Product): TimerHandler {
  return () => keep(product.operations);
}
