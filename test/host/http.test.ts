import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, scratchFolder, until } from './support/host-process.ts';

const scratch = scratchFolder();
let host: HostProcess;
const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${host.url}${path}`, init);

beforeAll(async () => {
  host = await HostProcess.start({ app: 'sample', data: scratch.path });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

describe('HTTP functions', () => {
  it('get the route parameters, the query, the headers and the body of a request', async () => {
    const response = await get('/api/people/42?x=a%20b', { method: 'PUT', body: 'hello', headers: { 'x-agent': 'test' } });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-function')).toBe('person');
    expect(await response.json()).toEqual({ id: '42', query: 'a b', body: 'hello', agent: 'test' });
  });

  it('are chosen by the most specific route: a literal before a constrained parameter before any parameter', async () => {
    expect(await (await get('/api/people/me')).text()).toBe('me');
    expect(await (await get('/api/people/7')).json()).toMatchObject({ id: '7' });
    expect(await (await get('/api/people/Zo%C3%AB')).text()).toBe('name Zoë');
    expect(await (await get('/API/People/ME')).text()).toBe('me');
  });

  it('match optional and catch-all parameters', async () => {
    expect(await (await get('/api/files')).json()).toEqual({});
    expect(await (await get('/api/files/a/b/c.txt')).json()).toEqual({ kind: 'a', path: 'b/c.txt' });
  });

  it('get and give bodies byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    const response = await get('/api/echo', { method: 'POST', body: bytes });
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
  });

  it('set each cookie in a header of its own', async () => {
    const cookies = (await get('/api/cookies')).headers.getSetCookie();
    expect(cookies).toEqual(['a=1%202; Max-Age=60; Path=/; HttpOnly; SameSite=Lax', 'b=x; Path=/api; Secure']);
  });

  it('answer HEAD with the headers of GET and no body', async () => {
    const response = await get('/api/cookies', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '6', '']);
  });

  it('answer 204 where the handler returned nothing', async () => {
    expect((await get('/api/empty')).status).toBe(204);
  });

  it('answer 500 without a word about the error, which stands in the log on one line', async () => {
    const response = await get('/api/broken');
    expect([response.status, await response.text()]).toEqual([500, '']);
    await until(() => host.errors.includes('error broken the reason\\nover two lines\n'));
  });

  it('answer 404 for an unknown path and for a method that the function does not take', async () => {
    expect((await get('/api/unknown')).status).toBe(404);
    expect((await get('/api/empty', { method: 'DELETE' })).status).toBe(404);
  });

  it('refuse a body that is announced as larger than 100 MB', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const call = request(`${host.url}/api/echo`, { method: 'POST', headers: { 'content-length': String(104_857_601) } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
        call.destroy();
      });
      call.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('need the master key where their level is not anonymous', async () => {
    for (const path of ['/api/guarded', '/api/adminOnly']) {
      expect((await get(path)).status).toBe(401);
      expect((await get(`${path}?code=wrong`)).status).toBe(401);
      expect((await get(path, { headers: { 'x-functions-key': host.masterKey } })).status).toBe(200);
      expect((await get(`${path}?code=${host.masterKey}`)).status).toBe(200);
    }
  });

  it('keep answering after a path that is not well encoded', async () => {
    expect((await get('/api/people/%E0%A4%A')).status).toBe(404);
    expect((await get('/api/people/me')).status).toBe(200);
  });
});

describe('The admin API', () => {
  it('is closed without the master key', async () => {
    for (const path of ['/admin/host/status', '/admin/functions', '/admin/functions/person']) expect((await get(path)).status).toBe(401);
  });

  it('tells the state of the host and the functions that are loaded', async () => {
    const headers = { 'x-functions-key': host.masterKey };
    expect(await (await get('/admin/host/status', { headers })).json()).toMatchObject({ state: 'Running' });
    const functions = (await (await get('/admin/functions', { headers })).json()) as { name: string }[];
    expect(functions.map((fn) => fn.name)).toContain('person');
  });

  it('does not run HTTP functions by hand', async () => {
    const response = await get('/admin/functions/person', {
      method: 'POST',
      headers: { 'x-functions-key': host.masterKey },
      body: '{"input":""}',
    });
    expect(response.status).toBe(400);
  });
});
