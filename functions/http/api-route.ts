import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { errorTable, GatehouseError } from '../../shared/errors.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { Caller, Role } from '../compose/token-check.ts';
import type { Product } from '../compose/compose.ts';
import { problemOf, problemResponse } from './problem.ts';
import { refuseUnstorable } from './refuse-unstorable.ts';

export type Handler = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/** Any role may read; the others are asked for by name. `admin` may do all. */
export function allow(caller: Caller, role: Role): void {
  const isAllowed = caller.roles.has(role) || caller.roles.has('admin') || (role === 'reader' && caller.roles.size > 0);
  if (!isAllowed)
    throw new GatehouseError('forbidden', `This needs the role “${role}”; the token has ${[...caller.roles].join(', ') || 'none'}.`);
}

/** A route of the API for callers with a role: JSON out, problem details on errors. */
export function apiRoute(
  product: Product,
  role: Role,
  handle: (request: HttpRequest, caller: Caller, context: InvocationContext) => Promise<unknown>,
): Handler {
  return guarded(product.operations.log, async (request, context) => {
    const caller = await product.authenticate(bearer(request));
    allow(caller, role);
    refuseUnstorable(request);
    return { status: 200, jsonBody: await handle(request, caller, context) };
  });
}

/** A handler whose errors become problem details. */
export function guarded(log: Log, handle: Handler): Handler {
  return async (request, context) => {
    try {
      return await handle(request, context);
    } catch (error) {
      const isForeseen = error instanceof GatehouseError && errorTable[error.code].who !== 'author';
      if (!isForeseen)
        log.error('A request failed in a way that nobody foresaw.', {
          invocationId: context.invocationId,
          function: context.functionName,
          error,
        });
      return problemResponse(problemOf(error, context.invocationId));
    }
  };
}

/** The bearer token of a request, if it has one. */
export function bearer(request: HttpRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}
