import { app } from '@azure/functions';
import type { HttpHandler } from '@azure/functions';
import { appendFileSync } from 'node:fs';
import { Readable } from 'node:stream';

function effect(line: string): void {
  appendFileSync(process.env['EFFECTS'] ?? '', `${line}\n`);
}

app.setup({ enableHttpStream: true });

let release: () => void = () => undefined;
const released = new Promise<void>((resolve) => {
  release = resolve;
});

app.http('release', {
  methods: ['POST'],
  handler: () => {
    release();
    return {};
  },
});
app.get('pieces', {
  route: 'pieces/{id}',
  handler: (request) => ({
    status: 203,
    headers: { 'x-id': request.params['id'] ?? '' },
    cookies: [{ name: 'a', value: '1' }],
    body: Readable.from(pieces()),
  }),
});
async function* pieces(): AsyncGenerator<string> {
  yield 'first';
  await released;
  yield 'last';
}

app.post('upload', {
  handler: async (request) => {
    let length = 0;
    try {
      for await (const chunk of request.body ?? []) {
        length += (chunk as Uint8Array).length;
        effect(`got ${length}`);
      }
    } catch {
      effect('broken off');
    }
    return { jsonBody: { length, type: request.headers.get('content-type') } };
  },
});
app.post('echo', { handler: (request) => (request.body ? { body: request.body } : {}) });
app.get('inspect', {
  route: 'inspect/{id}/{rest?}',
  handler: (request) => ({ jsonBody: { url: request.url, params: { ...request.params }, many: request.query.getAll('many') } }),
});
app.get('broken', {
  handler: () => {
    throw new Error('no luck');
  },
});
app.get('brokenLater', { handler: () => ({ body: Readable.from(brokenLater()) }) });
async function* brokenLater(): AsyncGenerator<string> {
  yield 'first';
  await new Promise((resolve) => setTimeout(resolve, 20));
  throw new Error('no luck later');
}
app.get('nothing', { handler: (() => undefined) as unknown as HttpHandler });
app.get('guarded', { authLevel: 'function', handler: () => ({ body: 'in' }) });
