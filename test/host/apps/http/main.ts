import { app } from '@azure/functions';
import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';

function effect(line: string): void {
  appendFileSync(process.env['EFFECTS'] ?? '', `${line}\n`);
}

app.hook.appStart(() => effect('app started'));
app.hook.appTerminate(() => effect('app ended'));
app.hook.log((entry) => {
  if (entry.message === 'a secret') entry.message = `hidden by ${entry.invocationContext?.functionName}`;
});
app.hook.preInvocation((hook) => {
  if (hook.invocationContext.functionName !== 'hooked') return;
  hook.hookData['seen'] = 'before';
  const inner = hook.functionHandler;
  hook.functionHandler = async (input, context) => ({ ...((await inner(input, context)) as object), headers: { 'x-before': 'yes' } });
});
app.hook.postInvocation((hook) => {
  if (hook.invocationContext.functionName === 'hooked')
    hook.result = { ...(hook.result as object), body: `${String(hook.hookData['seen'])} after` };
});
app.http('hooked', {
  methods: ['GET'],
  handler: (_, context) => {
    context.log('a secret');
    return { body: 'the handler' };
  },
});

app.http('inspect', {
  route: 'inspect/{id:int?}',
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'],
  handler: async (request) => {
    const bytes = Buffer.from(await request.arrayBuffer());
    return {
      jsonBody: {
        method: request.method,
        url: request.url,
        params: { ...request.params },
        query: [...request.query.entries()],
        header: request.headers.get('x-many'),
        length: bytes.length,
        digest: createHash('sha256').update(bytes).digest('hex'),
      },
    };
  },
});
app.post('form', {
  handler: async (request) => {
    const form = await request.formData();
    const file = form.get('file');
    return { jsonBody: { name: form.get('name'), file: file instanceof File ? [file.name, file.size] : null } };
  },
});
app.get('cookies', {
  handler: (): HttpResponseInit => ({
    cookies: [
      {
        name: 'all#',
        value: "it's; so=1",
        domain: 'example.org',
        path: '/v1',
        expires: new Date('2030-01-02T03:04:05Z'),
        maxAge: 60,
        secure: true,
        httpOnly: true,
        sameSite: 'Strict',
      },
      { name: 'plain', value: 'x', sameSite: 'None' },
    ],
  }),
});
app.get('badCookie', { handler: () => ({ headers: { 'x-left': 'over' }, cookies: [{ name: 'no good', value: 'x' }] }) });
app.get('hang', { handler: (() => new Promise(() => undefined)) as unknown as HttpHandler });
app.get('guarded', { authLevel: 'function', handler: () => ({ body: 'in' }) });
app.get('guardedToo', { authLevel: 'function', handler: () => ({ body: 'in' }) });
app.get('ruled', { authLevel: 'admin', handler: () => ({ body: 'in' }) });
app.timer('slow', {
  schedule: '0 0 0 1 1 *',
  handler: async () => {
    effect('slow begins');
    await new Promise((resolve) => setTimeout(resolve, 700));
    effect('slow ends');
  },
});
