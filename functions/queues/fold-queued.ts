import type { FunctionHandler } from '@azure/functions';
import { z } from 'zod';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

const message = z.object({ inboxId: z.string() });

/** Folds the event that a queue message names, and starts what is due for its person. A throw gives the message back to the queue. */
export function foldQueued(product: Product): FunctionHandler {
  return async (raw, context) => {
    const { inboxId } = message.parse(raw);
    const { personId } = await foldEvent(product.operations, inboxId);
    if (personId !== null) await startRunsOf(product.operations, durableStarter(context), personId);
  };
}
