import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { pathOf, readBody, send, type HttpContext } from '../foundation/http-wire.ts';
import type { HttpApp } from '../foundation/serve.ts';
import { perform, type WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { hrOperations, type HrOperation, type HrRequest } from './hr-operations.ts';

/** The HR system's API below `/hr/v1`, for callers with HR's API key. `changed` is called after a request that may have queued an event. */
export function hrRoutes(world: World, changed: () => void): HttpApp {
  const app: HttpApp = new Hono();
  for (const operation of hrOperations) {
    app.on(operation.method, operation.route, async (context: HttpContext) => {
      const response = await call(world, operation, context);
      if (operation.kind === 'write') changed();
      return response;
    });
  }
  return app;
}

async function call(world: World, operation: HrOperation, context: HttpContext): Promise<Response> {
  const body = await readBody(context);
  const requestId = randomUUID();
  const value = body.is === 'json' ? body.value : undefined;
  const request: HrRequest = { workerId: context.req.param('workerId') ?? '', query: (name) => context.req.query(name), body: value };
  const wireCall = {
    system: 'hr',
    operation: operation.name,
    kind: operation.kind,
    method: operation.method,
    path: pathOf(context),
    body: value,
    requestId,
  } as const;
  const result = await perform(world, wireCall, {
    work: () =>
      isAllowed(context)
        ? operation.work(world, request)
        : failure(401, 'unauthorized', 'Authorization: Bearer with the API key is needed.'),
    refuse: (refusal) => failure(refusal.status, refusal.code ?? 'fault', refusal.message ?? 'The HR system failed.'),
  });
  return send(context, result === 'cut' ? result : { ...result, headers: { ...result.headers, 'X-Request-Id': requestId } });
}

function isAllowed(context: HttpContext): boolean {
  return context.req.header('authorization') === 'Bearer sandbox-hr-api-key';
}

function failure(status: number, code: string, message: string): WireAnswer {
  return { status, body: { error: { code, message } } };
}
