import type { TimerHandler } from '@azure/functions';
import { tellVitals as tell } from '../../shared/operations/tell-vitals.ts';
import type { Product } from '../compose/compose.ts';

/** Every minute: tells how Gatehouse itself stands, for whoever is to be alerted. */
export function tellVitals(product: Product): TimerHandler {
  return async () => {
    // Nobody reads figures that are not sent anywhere.
    if (product.telemetry !== undefined) await tell(product.operations, product.sources);
  };
}
