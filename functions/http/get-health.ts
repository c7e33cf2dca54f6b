import type { Product } from '../compose/compose.ts';
import { guarded, type Handler } from './api-route.ts';

/** `GET /api/health`: each dependency's state and the age of its last success. 503 when nothing can work. Needs no token and tells no secret. */
export function getHealth(product: Product): Handler {
  return guarded(product.operations.log, async () => {
    const health = await product.health();
    return { status: health.status === 'down' ? 503 : 200, jsonBody: health };
  });
}
