import { app } from '@azure/functions';
import type { HttpHandler } from '@azure/functions';
import * as df from 'durable-functions';

app.http('person', {
  route: 'people/{id:int}',
  methods: ['GET', 'PUT'],
  handler: async (request, context) => ({
    status: request.method === 'PUT' ? 201 : 200,
    headers: { 'x-function': context.functionName },
    jsonBody: {
      id: request.params['id'],
      query: request.query.get('x'),
      body: request.method === 'PUT' ? await request.text() : null,
      agent: request.headers.get('x-agent'),
    },
  }),
});
app.http('byName', { route: 'people/{name}', handler: (request) => ({ body: `name ${request.params['name']}` }) });
app.http('me', { route: 'people/me', handler: () => ({ body: 'me' }) });
app.http('rest', { route: 'files/{kind?}/{*path}', handler: (request) => ({ jsonBody: { ...request.params } }) });
app.http('echo', {
  methods: ['POST'],
  handler: async (request) => ({
    body: new Uint8Array(await request.arrayBuffer()),
    headers: { 'content-type': 'application/octet-stream' },
  }),
});
app.http('cookies', {
  methods: ['GET', 'HEAD'],
  handler: () => ({
    body: 'crumbs',
    cookies: [
      { name: 'a', value: '1 2', httpOnly: true, sameSite: 'Lax', maxAge: 60 },
      { name: 'b', value: 'x', secure: true, path: '/api' },
    ],
  }),
});
// A handler in JavaScript may return nothing, which the types of the library do not foresee.
app.http('empty', { methods: ['GET'], handler: (() => undefined) as unknown as HttpHandler });
app.http('broken', {
  methods: ['GET'],
  handler: () => {
    throw new Error('the reason\nover two lines');
  },
});
app.http('guarded', { methods: ['GET'], authLevel: 'function', handler: () => ({ body: 'in' }) });
app.http('adminOnly', { methods: ['GET'], authLevel: 'admin', handler: () => ({ body: 'in' }) });

app.http('start', {
  route: 'start/{name}/{id?}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const body = await request.text();
    const id = request.params['id'];
    const version = request.query.get('version');
    const options = {
      ...(id ? { instanceId: id } : {}),
      ...(body ? { input: JSON.parse(body) as unknown } : {}),
      ...(version ? { version } : {}),
    };
    try {
      return client.createCheckStatusResponse(request, await client.startNew(request.params['name'] ?? '', options));
    } catch (error) {
      return { status: 409, body: error instanceof Error ? error.message : 'unknown' };
    }
  },
});
app.http('raise', {
  route: 'raise/{id}/{event}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    await df.getClient(context).raiseEvent(request.params['id'] ?? '', request.params['event'] ?? '', await request.json());
    return { status: 202 };
  },
});
app.http('status', {
  route: 'status/{id}',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => ({
    jsonBody: await df.getClient(context).getStatus(request.params['id'] ?? '', { showInput: true }),
  }),
});
