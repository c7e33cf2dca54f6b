import type { FunctionHandler } from '@azure/functions';
import { z } from 'zod';
import { performErrand } from '../../shared/operations/hands/perform-errand.ts';
import type { Product } from '../compose/compose.ts';

const message = z.object({ changeId: z.string(), attempt: z.int() });

/** Carries out the privileged change that a queue message names. What throws is delivered again. */
export function performQueued(product: Product): FunctionHandler {
  return async (raw) => {
    const attempt = message.parse(raw);
    // This app has no timers, and somebody may have agreed to more, or less, in another.
    await product.modes.refresh();
    await performErrand(product.operations, product.relay.queue, attempt);
  };
}
