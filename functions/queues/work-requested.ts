import type { FunctionHandler } from '@azure/functions';
import { getClient } from 'durable-functions';
import { z } from 'zod';
import { answerLook } from '../../shared/operations/looks/answer-look.ts';
import { startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';
import { startSweep } from '../start-sweep.ts';

const message = z.union([
  z.object({ start: z.string() }),
  z.object({ sweep: z.string() }),
  z.object({ look: z.string() }),
  z.object({ purge: z.array(z.string()) }),
]);

/** Does what the app that answers callers asks for: starts what is due for somebody, begins a sweep, looks at targets, throws histories away. */
export function workRequested(product: Product): FunctionHandler {
  return async (raw, context) => {
    const asked = message.parse(raw);
    if ('start' in asked) await startRunsOf(product.operations, durableStarter(context), asked.start);
    else if ('sweep' in asked) await startSweep(product, context, asked.sweep);
    else if ('look' in asked) await answerLook(product.operations, product.looks, asked.look);
    else for (const id of asked.purge) await getClient(context).purgeInstanceHistory(id);
  };
}
