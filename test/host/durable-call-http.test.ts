import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/host-process.ts';
import { startPausedHost } from './support/paused-host.ts';
import type { PausedHost } from './support/paused-host.ts';

type Seen = { method: string; path: string; body: string; headers: Record<string, unknown> };

let host: PausedHost;
let url: string;
const seen: Seen[] = [];
const at = (path: string): readonly Seen[] => seen.filter((one) => one.path === path);

// The server that is called: /job is accepted, then not ready once, then done.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '';
    seen.push({ method: request.method ?? '', path, body: Buffer.concat(chunks).toString(), headers: request.headers });
    const polls = at('/job/status').length;
    if (path === '/job') response.writeHead(202, { location: `${url}/job/status`, 'retry-after': '90' }).end('accepted');
    else if (path === '/job/status' && polls === 1) response.writeHead(202, { location: `${url}/job/status` }).end();
    else if (path === '/relative') response.writeHead(202, { location: '/job/status' }).end();
    else if (path === '/no-location') response.writeHead(202).end();
    else if (path === '/teapot')
      response.writeHead(418, { 'x-kind': 'pot', 'set-cookie': ['a=1', 'b=2'], etag: '"1"' }).end('short and stout');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ path }));
  });
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  host = await startPausedHost('durable');
});
afterAll(async () => {
  await host.stop();
  server.close();
});

const call = async (
  id: string,
  options: object,
  ms = 0,
): Promise<{ answer: Record<string, unknown> & { statusCode: number }; after: unknown }> => {
  await host.start('callHttp', id, options);
  if (ms > 0) await host.pass(ms);
  return (await host.end(id)).output as Awaited<ReturnType<typeof call>>;
};

describe('callHttp', () => {
  it('sends method, headers and body, and gives status, headers and content, whatever the status', async () => {
    const body = { a: 1 };
    const { answer, after } = await call('teapot', { method: 'PUT', url: `${url}/teapot`, body, headers: { 'X-Own': 'mine' } });
    expect(answer).toMatchObject({
      statusCode: 418,
      content: 'short and stout',
      headers: { 'x-kind': 'pot', 'Set-Cookie': ['a=1', 'b=2'], ETag: '"1"' },
    });
    expect(at('/teapot')[0]).toMatchObject({ method: 'PUT', body: '{"a":1}', headers: { 'x-own': 'mine', 'content-type': 'text/plain' } });
    expect(after).toBe('after');
  });

  it('polls the location while the answer is 202, after Retry-After or else the pause of host.json', async () => {
    await host.start('callHttp', 'job', {
      method: 'POST',
      url: `${url}/job`,
      body: 'work',
      headers: { 'x-functions-key': 'secret', 'x-own': 'mine' },
    });
    await until(() => at('/job').length === 1);
    const accepted = await host.now();
    await until(async () => JSON.stringify((await host.status('job', '?showHistory=true')).historyEvents ?? []).includes('TaskCompleted'));
    await host.pass(89_999);
    expect(at('/job/status')).toHaveLength(0);
    await host.pass(1);
    expect(at('/job/status')).toHaveLength(1);
    await host.pass(19_999);
    expect(at('/job/status')).toHaveLength(1);
    await host.pass(1);
    const { output } = await host.end('job');
    expect(output).toMatchObject({ answer: { statusCode: 200, content: '{"path":"/job/status"}' }, after: 'after' });
    expect((await host.now()) - accepted).toBe(110_000);
    expect(at('/job/status')).toMatchObject([{ method: 'GET', body: '' }, { method: 'GET' }]);
    expect(at('/job/status')[0]?.headers).toMatchObject({ 'x-own': 'mine' });
    expect(at('/job/status')[0]?.headers).not.toHaveProperty('x-functions-key');
  });

  it('does not poll where it is told not to', async () => {
    const { answer } = await call('once', { method: 'POST', url: `${url}/job`, enablePolling: false });
    expect(answer).toMatchObject({ statusCode: 202, content: 'accepted', headers: { Location: `${url}/job/status` } });
  });

  it('fails the task where there is no answer, and the orchestration goes on', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const nobody = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    await promisify(other.close.bind(other))();
    const { answer, after } = await call('refused', { method: 'GET', url: nobody });
    expect(answer).toContain(`GET ${nobody} had no answer: connect ECONNREFUSED`);
    expect(after).toBe('after');
  });

  it('fails the task that asks for the token of a managed identity, and says why', async () => {
    await host.start('callWithIdentity', 'identity', `${url}/ok`);
    expect((await host.end('identity')).output).toContain('needs a managed identity, which this host does not have');
    expect(at('/ok')).toHaveLength(0);
  });

  it('hands the wrong result to the next task where an answer 202 has no Location, as the extension does', async () => {
    const { answer, after } = await call('lost', { method: 'GET', url: `${url}/no-location` }, 30_000);
    expect(answer.statusCode).toBe(202);
    expect(after).toBeUndefined();
  });

  it('hangs where the Location of an answer 202 is no whole address, as on Azure', async () => {
    await host.start('callHttp', 'relative', { method: 'GET', url: `${url}/relative` });
    await until(async () => JSON.stringify((await host.status('relative', '?showHistory=true')).historyEvents).includes('TaskCompleted'));
    await host.pass(86_400_000);
    expect(await host.status('relative')).toMatchObject({ runtimeStatus: 'Running' });
  });
});
