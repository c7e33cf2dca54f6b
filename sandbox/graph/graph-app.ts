import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { pathOf, readBody, send, type HttpBody, type HttpContext } from '../foundation/http-wire.ts';
import type { HttpApp } from '../foundation/serve.ts';
import { perform, type WireAnswer, type WireResult } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { jwks } from '../tokens/jwks.ts';
import { verifyGraphToken } from '../tokens/verify-graph-token.ts';
import { GraphFailure } from './http/graph-failure.ts';
import { handleBatch } from './http/handle-batch.ts';
import { handleRequest, type Admission, type Tenant } from './http/handle-request.ts';
import { openQuota } from './http/quota.ts';
import type { RawRequest } from './http/raw-request.ts';
import { operations } from './operations.ts';
import { answerToken } from './tokens/answer-token.ts';
import { openidConfiguration } from './tokens/openid-configuration.ts';
import { tokenFailureAnswer } from './tokens/token-failure.ts';

const graphMediaType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** The tenant's HTTP face: Graph under `/v1.0`, the token endpoint, its keys and metadata. */
export function graphApp(world: World): HttpApp {
  const tenant: Tenant = { world, operations, quota: openQuota() };
  const app: HttpApp = new Hono();
  app.post('/:tenant/oauth2/v2.0/token', async (context) => {
    const body = await readBody(context);
    const request = { tenantName: context.req.param('tenant'), authorization: context.req.header('authorization'), body };
    return send(context, await performIdentity(world, context, { operation: 'token', body, work: () => answerToken(world, request) }));
  });
  app.get('/:tenant/discovery/v2.0/keys', async (context) => {
    const work = async (): Promise<WireAnswer> => ({ status: 200, body: await jwks(world) });
    return send(context, await performIdentity(world, context, { operation: 'keys', work }));
  });
  app.get('/:tenant/v2.0/.well-known/openid-configuration', async (context) => {
    const work = (): Promise<WireAnswer> => Promise.resolve({ status: 200, body: openidConfiguration(world) });
    return send(context, await performIdentity(world, context, { operation: 'openidConfiguration', work }));
  });
  app.all('/v1.0/*', async (context) => {
    const request = await rawRequest(context);
    const isBatch = request.method === 'POST' && /^\/(\$|%24)batch$/i.test(request.path);
    const admit = admission(world, context.req.header('authorization'));
    return send(context, await (isBatch ? handleBatch : handleRequest)(tenant, request, admit), graphMediaType);
  });
  return app;
}

async function rawRequest(context: HttpContext): Promise<RawRequest> {
  const url = new URL(context.req.url);
  return {
    method: context.req.method,
    origin: url.origin,
    path: url.pathname.slice('/v1.0'.length),
    query: url.searchParams,
    headers: context.req.raw.headers,
    body: await readBody(context),
  };
}

function admission(world: World, authorization: string | undefined): Admission {
  return async () => {
    const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined)
      throw new GraphFailure(401, 'InvalidAuthenticationToken', 'Access token is empty.', {
        headers: { 'WWW-Authenticate': 'Bearer realm=""' },
      });
    const client = await verifyGraphToken(world, token);
    if (client !== undefined) return client;
    throw new GraphFailure(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid token.', {
      headers: { 'WWW-Authenticate': 'Bearer realm=""' },
    });
  };
}

type IdentityCall = { readonly operation: string; readonly body?: HttpBody; readonly work: () => Promise<WireAnswer> };

function performIdentity(world: World, context: HttpContext, { operation, body, work }: IdentityCall): Promise<WireResult> {
  const call = {
    system: 'graph' as const,
    operation,
    kind: 'read' as const,
    method: context.req.method,
    path: pathOf(context),
    requestId: randomUUID(),
    ...(body !== undefined && 'value' in body ? { body: body.value } : {}),
  };
  const refuse = (refusal: { readonly status: number; readonly message?: string }): WireAnswer => {
    const text = refusal.message ?? 'The service is temporarily unavailable.';
    return {
      ...tokenFailureAnswer({ status: 400, error: 'temporarily_unavailable', number: 90_033, text }, world.now()),
      status: refusal.status,
    };
  };
  return perform(world, call, { work, refuse });
}
