import type { HttpRequest } from '@azure/functions';
import type { Health } from '../../shared/operations/health.ts';
import type { Product } from '../compose/compose.ts';
import { bearer, guarded, type Handler } from './api-route.ts';

/** `GET /api/health`: each dependency's state and the age of its last success. 503 when nothing can work. Needs no token; what is wrong, in words that may name machines, is told to callers with a role only. */
export function getHealth(product: Product): Handler {
  return guarded(product.operations.log, async (request) => {
    const health = await product.health();
    const shown = (await hasRole(product, request)) ? health : shortOf(health);
    return { status: health.status === 'down' ? 503 : 200, jsonBody: shown };
  });
}

/** No token, or one that is not good, is no error here. */
async function hasRole(product: Product, request: HttpRequest): Promise<boolean> {
  const token = bearer(request);
  if (token === undefined) return false;
  return product.authenticate(token).then(
    ({ roles }) => roles.size > 0,
    () => false,
  );
}

function shortOf({ status, baseline, dependencies }: Health): Health {
  const states = dependencies.map(({ name, state, lastSuccessAt, ageSeconds }) => ({
    name,
    state,
    message: null,
    lastSuccessAt,
    ageSeconds,
  }));
  return { status, baseline, dependencies: states };
}
