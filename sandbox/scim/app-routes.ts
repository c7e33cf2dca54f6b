import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { pathOf, readBody, send, type HttpContext } from '../foundation/http-wire.ts';
import type { HttpApp } from '../foundation/serve.ts';
import { perform, type WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { ScimError } from '../oci/scim/scim-error.ts';
import { createOne, deleteOne, getOne, listAll, patchOne, replaceOne, type AppRequest } from './app-operations.ts';
import type { AppResourceName } from './app-store.ts';
import { resourceTypes, schemaDescriptions, serviceProviderConfig, type Abilities } from './discovery.ts';

const mediaType = 'application/scim+json';
// The token of docs/sandbox.md.
const appToken = 'sandbox-scim-token';

/** Decides whether a call may go on: false when there were too many within a second. */
export type Admit = () => boolean;

type Operation = {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly route: string;
  readonly work: (world: World, request: AppRequest) => WireAnswer;
};

/** The application's SCIM interface, `/scim/v2` and below. */
export function appRoutes(world: World, abilities: () => Abilities, admit: Admit): HttpApp {
  const app: HttpApp = new Hono();
  const discovery = (name: string, answer: () => WireAnswer['body']): Operation => ({
    name: `scim.${name}`,
    method: 'GET',
    route: `/scim/v2/${name}`,
    work: () => ({ status: 200, body: answer() }),
  });
  const add = (operation: Operation, type: AppResourceName) =>
    app.on(operation.method, operation.route, (context: HttpContext) =>
      call(world, { operation, type, abilities: abilities(), admit }, context),
    );
  add(
    discovery('ServiceProviderConfig', () => serviceProviderConfig(abilities())),
    'User',
  );
  add(discovery('ResourceTypes', resourceTypes), 'User');
  add(discovery('Schemas', schemaDescriptions), 'User');
  for (const type of ['User', 'Group'] as const) for (const operation of operationsOn(type)) add(operation, type);
  app.notFound((context) => send(context, problem(404, `There is no ${context.req.path}.`), mediaType));
  return app;
}

function operationsOn(type: AppResourceName): readonly Operation[] {
  const all = `/scim/v2/${type}s`;
  const one = `${all}/:id`;
  return [
    { name: `scim.list${type}s`, method: 'GET', route: all, work: listAll },
    { name: `scim.create${type}`, method: 'POST', route: all, work: createOne },
    { name: `scim.get${type}`, method: 'GET', route: one, work: getOne },
    { name: `scim.replace${type}`, method: 'PUT', route: one, work: replaceOne },
    { name: `scim.patch${type}`, method: 'PATCH', route: one, work: patchOne },
    { name: `scim.delete${type}`, method: 'DELETE', route: one, work: deleteOne },
  ];
}

type Route = { readonly operation: Operation; readonly type: AppResourceName; readonly abilities: Abilities; readonly admit: Admit };

async function call(world: World, { operation, type, abilities, admit }: Route, context: HttpContext): Promise<Response> {
  const body = await readBody(context);
  const value = body.is === 'json' ? body.value : undefined;
  const requestId = randomUUID();
  const { name, method } = operation;
  const kind = method === 'GET' ? 'read' : 'write';
  const result = await perform(
    world,
    { system: 'scim', operation: name, kind, method, path: pathOf(context), body: value, requestId },
    {
      work: () =>
        refused(context, body.is, admit) ?? attempt(() => operation.work(world, requestOf(context, { type, abilities, body: value }))),
      refuse: ({ status, code, message }) => problem(status, message ?? 'The request failed.', code),
    },
  );
  return send(context, result === 'cut' ? result : { ...result, headers: { ...result.headers, 'X-Request-Id': requestId } }, mediaType);
}

function requestOf(context: HttpContext, of: Pick<AppRequest, 'type' | 'abilities' | 'body'>): AppRequest {
  const query = new URL(context.req.url).searchParams;
  return {
    ...of,
    id: context.req.param('id') ?? '',
    query: (name) => query.get(name) ?? undefined,
    ifMatch: context.req.header('if-match'),
  };
}

function refused(context: HttpContext, body: string, admit: Admit): WireAnswer | undefined {
  if (context.req.header('authorization') !== `Bearer ${appToken}`)
    return { ...problem(401, 'A token of this application is needed.'), headers: { 'WWW-Authenticate': 'Bearer' } };
  if (!admit()) return { ...problem(429, 'Too many requests.'), headers: { 'Retry-After': '1' } };
  if (body === 'malformed') return problem(400, 'The body must be JSON.', 'invalidSyntax');
  // RFC 7644 section 3.1.
  if (body !== 'none' && context.req.header('content-type') !== mediaType) return problem(415, `The body must be ${mediaType}.`);
  return undefined;
}

function attempt(work: () => WireAnswer): WireAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScimError) return problem(error.problem.status, error.problem.detail, error.problem.scimType);
    throw error;
  }
}

/** The error of RFC 7644 section 3.12. */
function problem(status: number, detail: string, scimType?: string): WireAnswer {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return { status, body: { schemas, status: String(status), detail, ...(scimType === undefined ? {} : { scimType }) } };
}
