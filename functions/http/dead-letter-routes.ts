import { z } from 'zod';
import type { DeadLetterFate } from '../../shared/ports/dead-letters.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';
import { queryOf } from './read-routes.ts';

const listed = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
const reason = z.string().trim().min(1, { error: 'must say why' }).max(1000);
const order = z
  .strictObject({
    all: z.literal(true).optional(),
    queue: z.string().optional(),
    sequence: z
      .string()
      .regex(/^\d{1,19}$/)
      .optional(),
    reason,
  })
  .refine(({ all, queue, sequence }) => (all === true) !== (queue !== undefined && sequence !== undefined), {
    error: 'must name one by queue and sequence, or say all: true',
  });

/** `GET /api/dead-letters`: what the queues have put aside, with the reason, its age and which event it is. */
export function getDeadLetters(product: Product): Handler {
  return apiRoute(product, 'reader', async (request) => ({
    deadLetters: await product.looks.deadLetters(queryOf(listed, request).limit),
  }));
}

/** `POST /api/dead-letters/replay` and `/discard`: hands one, or all, to their queues again, or throws them away. */
export function settleDeadLettersRoute(product: Product, fate: DeadLetterFate): Handler {
  return apiRoute(product, 'operator', async (request, { actor }) => {
    const asked = await bodyOf(request, order);
    const { queue = '', sequence = '' } = asked;
    const which = asked.all === true ? ('all' as const) : { queue, sequence };
    return { settled: await product.looks.settleDeadLetters({ which, fate, actor, reason: asked.reason }) };
  });
}
