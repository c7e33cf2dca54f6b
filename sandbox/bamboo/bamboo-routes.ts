import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { pathOf, readBody, send, type HttpContext } from '../foundation/http-wire.ts';
import type { HttpApp } from '../foundation/serve.ts';
import { perform } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';
import { bambooFailure, bambooOperations, type BambooOperation } from './bamboo-api.ts';
import { employeeChangeSchema, newEmployeeSchema } from './employee-fields.ts';
import { changeEmployee, deleteEmployee, findEmployee, hireEmployee } from './employee-store.ts';

const authorization = `Basic ${Buffer.from('sandbox-bamboo-key:x').toString('base64')}`;

/** BambooHR below `/bamboo`: its API for callers with the API key, at `/bamboo/api` and at the older `/bamboo/api/gateway.php/contoso`; and its own staff hiring, changing and deleting employees
 * at `/bamboo/employees`. `changed` is called after what may have queued an event. */
export function bambooRoutes(world: World, changed: () => void): HttpApp {
  const app: HttpApp = new Hono();
  for (const operation of bambooOperations)
    for (const root of ['/bamboo/api', '/bamboo/api/gateway.php/contoso'])
      app.get(`${root}${operation.route}`, (context: HttpContext) => call(world, operation, context));
  addStaff(app, world, changed);
  return app;
}

async function call(world: World, operation: BambooOperation, context: HttpContext): Promise<Response> {
  const requestId = randomUUID();
  const wireCall = { system: 'bamboo', operation: operation.name, kind: 'read', method: 'GET', path: pathOf(context), requestId } as const;
  const request = { id: context.req.param('id') ?? '', query: (name: string) => context.req.query(name) };
  const result = await perform(world, wireCall, {
    work: () =>
      context.req.header('authorization') === authorization
        ? operation.work(world, request)
        : bambooFailure(401, 'HTTP Basic with the API key as user name is needed'),
    refuse: (refusal) => bambooFailure(refusal.status, refusal.message ?? refusal.code ?? 'the request failed'),
  });
  return send(context, result === 'cut' ? result : { ...result, headers: { ...result.headers, 'X-Request-Id': requestId } });
}

function addStaff(app: HttpApp, world: World, changed: () => void): void {
  app.post('/bamboo/employees', async (context) => {
    const given = newEmployeeSchema.safeParse(await jsonOf(context));
    if (!given.success) return refused(context, given.error.issues);
    const hired = hireEmployee(world, given.data);
    changed();
    return context.json(hired, 201);
  });
  app.patch('/bamboo/employees/:id', async (context) => {
    const given = employeeChangeSchema.safeParse(await jsonOf(context));
    if (!given.success) return refused(context, given.error.issues);
    const employee = changeEmployee(world, context.req.param('id'), given.data);
    changed();
    return employee === undefined ? unknown(context) : context.json(employee);
  });
  app.delete('/bamboo/employees/:id', (context) => {
    const isDeleted = deleteEmployee(world, context.req.param('id'));
    changed();
    return isDeleted ? context.body(null, 204) : unknown(context);
  });
  app.get('/bamboo/employees/:id', (context) => {
    const employee = findEmployee(world.database, context.req.param('id'));
    return employee === undefined ? unknown(context) : context.json(employee);
  });
}

async function jsonOf(context: HttpContext): Promise<unknown> {
  const body = await readBody(context);
  return body.is === 'json' ? body.value : undefined;
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function refused(context: HttpContext, issues: readonly Issue[]): Response {
  const detail = issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  return context.json({ error: { detail } }, 400);
}

function unknown(context: HttpContext): Response {
  return context.json({ error: { detail: `There is no employee ${context.req.param('id') ?? ''}.` } }, 404);
}
