import type { FunctionHandler } from '@azure/functions';
import { z } from 'zod';
import { answerLook } from '../../shared/operations/looks/answer-look.ts';
import { startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';
import { startSweep } from '../start-sweep.ts';

const message = z.union([z.object({ start: z.string() }), z.object({ sweep: z.string() }), z.object({ look: z.string() })]);

/** Does what the app that answers callers asks for: starts what is due for somebody, begins a sweep, looks at targets. */
export function workRequested(product: Product): FunctionHandler {
  return async (raw, context) => {
    const asked = message.parse(raw);
    if ('start' in asked) await startRunsOf(product.operations, durableStarter(context), asked.start);
    else if ('sweep' in asked) await startSweep(product, context, asked.sweep);
    else await answerLook(product.operations, asked.look);
  };
}
