import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { pathOf, readBody, send, type HttpBody, type HttpContext } from '../foundation/http-wire.ts';
import type { HttpApp } from '../foundation/serve.ts';
import { perform, type Refusal, type WireAnswer, type WireResult } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { answerTokenRequest, isAuthorized } from './access-tokens.ts';
import type { OciOperation, OciRequest } from './oci-operation.ts';
import { ociOperations } from './oci-operations.ts';
import { premiumRates, rateLimit, type RateLimit } from './rate-limit.ts';
import { signerOf } from './request-signature.ts';
import { errorBody, ScimError, type ScimProblem } from './scim/scim-error.ts';

const scimMediaType = 'application/scim+json';

/** The identity domain's HTTP interface: `/oauth2/v1/token` and SCIM below `/admin/v1`, with a token or a signature of OCI. Every answer carries `opc-request-id`.
 * `monotonic` is the clock of the rate limits. */
export function ociRoutes(world: World, monotonic: () => number): HttpApp {
  const app: HttpApp = new Hono();
  const limits = {
    token: rateLimit(premiumRates.token, monotonic),
    authentication: rateLimit(premiumRates.authentication, monotonic),
    other: rateLimit(premiumRates.other, monotonic),
  };
  app.post('/oauth2/v1/token', (context: HttpContext) => callToken(world, limits.token, context));
  for (const operation of ociOperations) {
    app.on(operation.method, operation.route, (context: HttpContext) =>
      callScim(world, { operation, limit: limits[operation.rate ?? 'other'] }, context),
    );
  }
  app.notFound((context) =>
    send(
      context,
      problem({ status: 404, messageId: 'error.sandbox.noSuchEndpoint', detail: `There is no ${context.req.path}.` }),
      scimMediaType,
    ),
  );
  return app;
}

async function callToken(world: World, limit: RateLimit, context: HttpContext): Promise<Response> {
  const body = await readBody(context);
  const form = body.is === 'form' ? body.value : undefined;
  const requestId = newRequestId();
  const call = {
    system: 'oci',
    operation: 'oauth.token',
    kind: 'read',
    method: 'POST',
    path: pathOf(context),
    body: form,
    requestId,
  } as const;
  const refuse = ({ status, code, message }: Refusal): WireAnswer => ({
    status,
    body: { error: code ?? 'server_error', error_description: message ?? 'The request failed.' },
  });
  const result = await perform(world, call, {
    work: () => {
      if (isOverRate(world, limit)) return refuse({ status: 429, code: 'too_many_requests', message: 'The request rate is exceeded.' });
      return answerTokenRequest(world, context.req.header('authorization'), form);
    },
    refuse,
  });
  return send(context, withRequestId(result, requestId));
}

type Route = { readonly operation: OciOperation; readonly limit: RateLimit };

async function callScim(world: World, { operation, limit }: Route, context: HttpContext): Promise<Response> {
  const body = await readBody(context);
  const text = await context.req.text();
  const requestId = newRequestId();
  const { name, kind, method } = operation;
  const value = body.is === 'json' ? body.value : undefined;
  const call = { system: 'oci', operation: name, kind, method, path: pathOf(context), body: value, requestId } as const;
  const result = await perform(world, call, {
    work: () => refused(world, { context, body, limit, text }) ?? attempt(world, operation, requestOf(context, value)),
    refuse: ({ status, code, message }) =>
      problem({ status, messageId: code ?? 'error.sandbox.fault', detail: message ?? 'The request failed.' }),
  });
  return send(context, withRequestId(result, requestId), scimMediaType);
}

type ScimCall = { readonly context: HttpContext; readonly body: HttpBody; readonly text: string; readonly limit: RateLimit };

function refused(world: World, call: ScimCall): WireAnswer | undefined {
  const caller = callerOf(world, call);
  if (caller === 'nobody') {
    const detail = 'Unauthorized: an access token of this domain is needed, or a signature by an API key.';
    const answer = problem({ status: 401, messageId: 'error.common.unauthorized', detail });
    return { ...answer, headers: { 'WWW-Authenticate': 'Bearer' } };
  }
  if (caller === 'user')
    return problem({ status: 403, messageId: 'error.common.forbidden', detail: 'The user holds no administrator role.' });
  if (isOverRate(world, call.limit))
    return problem({ status: 429, messageId: 'error.sandbox.tooManyRequests', detail: 'Too many requests.' });
  const isReadable = call.body.is === 'json' || call.body.is === 'none';
  return isReadable
    ? undefined
    : problem({ status: 400, messageId: 'error.sandbox.invalidSyntax', detail: 'The body must be JSON.', scimType: 'invalidSyntax' });
}

function callerOf(world: World, { context, text }: ScimCall): 'client' | ReturnType<typeof signerOf> {
  const header = (name: string) => context.req.header(name);
  if (isAuthorized(world, header('authorization'))) return 'client';
  return signerOf(world, { method: context.req.method, path: context.env.incoming.url ?? '', header, body: text });
}

function attempt(world: World, operation: OciOperation, request: OciRequest): WireAnswer {
  try {
    return operation.work(world, request);
  } catch (error) {
    if (error instanceof ScimError) return problem(error.problem);
    throw error;
  }
}

function requestOf(context: HttpContext, body: unknown): OciRequest {
  const query = new URL(context.req.url).searchParams;
  return {
    id: context.req.param('id') ?? '',
    query: (name) => query.get(name) ?? undefined,
    ifMatch: context.req.header('if-match'),
    body,
  };
}

function isOverRate(world: World, limit: RateLimit): boolean {
  return world.settings.oci.quota === 'published' && !limit.admit();
}

function withRequestId(result: WireResult, requestId: string): WireResult {
  return result === 'cut' ? result : { ...result, headers: { ...result.headers, 'opc-request-id': requestId } };
}

function newRequestId(): string {
  return randomUUID().replaceAll('-', '').toUpperCase();
}

function problem(what: ScimProblem): WireAnswer {
  return { status: what.status, body: errorBody(what) };
}
