import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, scratchFolder, until } from './support/host-process.ts';

const scratch = scratchFolder();
let host: HostProcess;
const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${host.url}/v1/api/${path}`, init);
const seen = async (path: string, init?: RequestInit): Promise<Record<string, unknown>> =>
  (await (await get(path, init)).json()) as Record<string, unknown>;
const masterKey = (): Record<string, string> => ({ 'x-functions-key': host.masterKey });
const admin = (path: string, method = 'GET'): Promise<Response> => fetch(`${host.url}/admin/${path}`, { method, headers: masterKey() });

beforeAll(async () => {
  host = await HostProcess.start({
    app: 'http',
    data: scratch.path,
    environment: { OTHER: 'from the environment', FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '20000000' },
  });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

describe('A request to an HTTP function', () => {
  it('has every method, and HEAD where the function takes GET', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect([method, (await seen('inspect', { method }))['method']]).toEqual([method, method]);
    const head = await get('greetings/you', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '38', '']);
    expect((await get('form', { method: 'HEAD' })).status).toBe(404);
    expect((await get('form', { method: 'OPTIONS' })).status).toBe(404);
  });

  it('has a repeated query parameter or header once, joined by a comma, as on Azure; its address is untouched', async () => {
    const headers = new Headers([
      ['x-many', 'a'],
      ['x-many', 'b'],
    ]);
    const found = await seen('inspect/-5?x=1&x=2&y=%C3%A4', { headers });
    expect(found).toMatchObject({ params: { id: '-5' }, header: 'a, b', url: `${host.url}/v1/api/inspect/-5?x=1&x=2&y=%C3%A4` });
    expect(found['query']).toEqual([
      ['x', '1,2'],
      ['y', 'ä'],
    ]);
  });

  it('carries forms with files', async () => {
    const body = new FormData();
    body.set('name', 'Zoë');
    body.set('file', new File([new Uint8Array(3000)], 'photo.bin'));
    expect(await seen('form', { method: 'POST', body })).toEqual({ name: 'Zoë', file: ['photo.bin', 3000] });
  });

  it('carries 10 MB byte for byte', async () => {
    const body = Buffer.alloc(10_000_000, 'gatehouse');
    const digest = createHash('sha256').update(body).digest('hex');
    expect(await seen('inspect', { method: 'POST', body })).toMatchObject({ length: 10_000_000, digest });
  });

  it('is refused with 413 where a body of unknown length passes FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', async () => {
    const request = httpRequest(`${host.url}/v1/api/inspect`, { method: 'POST' });
    request.on('error', () => undefined);
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    const megabyte = Buffer.alloc(1_048_576);
    for (let sent = 0; sent <= 20; sent += 1) if (!request.write(megabyte)) await Promise.race([once(request, 'drain'), answered]);
    expect((await answered)[0].statusCode).toBe(413);
    request.destroy();
  });

  it('that the client breaks off is no error', async () => {
    const request = httpRequest(`${host.url}/v1/api/inspect`, { method: 'POST', headers: { 'content-length': '100' } });
    const closed = new Promise((resolve) => request.on('close', resolve));
    request.on('error', () => undefined);
    request.write('the beginning', () => request.destroy());
    await closed;
    expect((await get('greetings')).status).toBe(200);
    expect(host.errors).not.toMatch(/^error http /m);
  });

  it('finds settings of local.settings.json in the environment, which wins, and in routes', async () => {
    expect(await (await get('greetings')).text()).toBe('from the file from the environment world');
  });
});

describe('An answer of an HTTP function', () => {
  it('has cookies with all their attributes', async () => {
    expect((await get('cookies')).headers.getSetCookie()).toEqual([
      'all#=it%27s%3B%20so%3D1; Expires=Wed, 02 Jan 2030 03:04:05 GMT; Max-Age=60; Domain=example.org; Path=/v1; Secure; HttpOnly; SameSite=Strict',
      'plain=x; Path=/; SameSite=None',
    ]);
  });

  it('is 500 without the headers of the function where a cookie is not possible', async () => {
    const response = await get('badCookie');
    expect([response.status, response.headers.get('x-left')]).toEqual([500, null]);
    await until(() => host.errors.includes('error badCookie The cookie name "no good"'));
  });

  it('is 500 where the function takes longer than functionTimeout', async () => {
    expect((await get('hang')).status).toBe(500);
    await until(() => host.errors.includes('error hang The function timeout of 1000 ms was exceeded'));
  });

  it('has the custom headers of host.json', async () => {
    expect((await get('unknown')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('Pages of other origins', () => {
  const ask = (origin: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    get('greetings', { method, headers: { origin, ...headers } });

  it('may read answers where local.settings.json allows their origin', async () => {
    const allowed = await ask('https://portal.example');
    expect([allowed.headers.get('access-control-allow-origin'), allowed.headers.get('access-control-allow-credentials')]).toEqual([
      'https://portal.example',
      'true',
    ]);
    expect((await ask('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('get their preflight answered by the host', async () => {
    const headers = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a,x-b' };
    const response = await ask('http://localhost:3000', headers, 'OPTIONS');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toBe('PUT');
    expect(response.headers.get('access-control-allow-headers')).toBe('x-a,x-b');
  });
});

describe('Hooks of the app', () => {
  it('run before and after an invocation and may change handler and result, and log entries', async () => {
    const response = await get('hooked');
    expect([response.headers.get('x-before'), await response.text()]).toEqual(['yes', 'before after']);
    await until(() => host.errors.includes('information hooked hidden by hooked\n'));
    expect(host.effects()).toContain('app started');
  });
});

describe('A function that a setting disables', () => {
  it('is not found, does not run, and is shown as disabled', async () => {
    expect((await get('off')).status).toBe(404);
    expect(await (await admin('functions/off')).json()).toMatchObject({ isDisabled: true });
    expect(await (await admin('functions/greet')).json()).toMatchObject({ isDisabled: false });
  });

  it('runs by hand only, where it has a timer', async () => {
    expect(host.effects()).not.toContain('off false');
    expect((await admin('functions/offTimer', 'POST')).status).toBe(202);
    await until(() => host.effects().includes('off false'));
  });
});

describe('A host that stops', () => {
  it('answers 503 while what runs may end, then runs the hooks of the end', async () => {
    expect((await admin('functions/slow', 'POST')).status).toBe(202);
    await until(() => host.effects().includes('slow begins'));
    const ended = host.end('SIGTERM');
    await until(async () => (await get('greetings')).status === 503);
    expect(await ended).toBe(0);
    expect(host.effects().slice(-2)).toEqual(['slow ends', 'app ended']);
  });
});
