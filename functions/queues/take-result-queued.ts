import type { FunctionHandler } from '@azure/functions';
import { z } from 'zod';
import { takeResult } from '../../shared/operations/hands/take-result.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

const message = z.object({ runId: z.string() });

/** Has a run go on that was put away until a privileged change of it was answered. */
export function takeResultQueued(product: Product): FunctionHandler {
  return (raw, context) => takeResult(product.operations, durableStarter(context), message.parse(raw).runId);
}
