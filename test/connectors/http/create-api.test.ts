import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { authorizeWire } from '../../../shared/connectors/http/authorized-wire.ts';
import { createApi } from '../../../shared/connectors/http/create-api.ts';
import { createFetchWire } from '../../../shared/connectors/http/fetch-wire.ts';
import { createFixedTokenSource } from '../../../shared/connectors/http/fixed-token-source.ts';
import { graphDialect } from '../../../shared/connectors/http/graph-dialect.ts';
import { graphList } from '../../../shared/connectors/http/graph-pages.ts';
import { createRestPerform } from '../../../shared/connectors/http/rest-perform.ts';
import { z } from 'zod';
import { createFakePace } from './fake-pace.ts';
import { answer, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const signal = AbortSignal.timeout(20_000);
const read = { method: 'GET', path: '/things' } as const;
const write = { method: 'POST', path: '/things', body: { name: 'x' } } as const;

async function apiFor(script: Script, timeoutMs = 5_000) {
  const server = await startScriptedServer(script);
  servers.push(server);
  const pace = createFakePace();
  const perform = createRestPerform(server.url, createFetchWire(timeoutMs));
  return { server, pace, api: createApi({ system: 'Graph', baseUrl: server.url, dialect: graphDialect, perform, pace }) };
}

const failure = (code: string) => ({ error: { code, message: 'said the server', innerError: { 'request-id': 'inner' } } });

describe('a read', () => {
  it('is repeated after 429, 503 and 504, no sooner than the fraction of a second asked for', async () => {
    const { api, pace, server } = await apiFor((_, number, response) => {
      const status = [429, 503, 504][number - 1];
      if (status === undefined) answer(response, 200, { ok: true });
      else answer(response, status, failure('busy'), { 'retry-after': '2.128' });
    });
    expect((await api.read(read, signal)).body).toEqual({ ok: true });
    expect(server.seen).toHaveLength(4);
    expect(pace.waits.every((wait) => wait >= 2128)).toBe(true);
  });

  it('is given up after three repetitions, with the system’s own code, request id and wish', async () => {
    const { api, server } = await apiFor((_, __, response) =>
      answer(response, 429, failure('TooManyRequests'), { 'retry-after': '1', 'request-id': 'r-1' }),
    );
    await expect(api.read(read, signal)).rejects.toMatchObject({
      code: 'target-throttled',
      systemCode: 'TooManyRequests',
      requestId: 'r-1',
      retryAfterMs: 1000,
      message: 'Graph answered 429: said the server',
    });
    expect(server.seen).toHaveLength(4);
  });

  it('is not repeated when the system asks for longer than a step can hold', async () => {
    const { api, server } = await apiFor((_, __, response) => answer(response, 429, failure('x'), { 'retry-after': '600' }));
    await expect(api.read(read, signal)).rejects.toMatchObject({ code: 'target-throttled', retryAfterMs: 600_000 });
    expect(server.seen).toHaveLength(1);
  });

  it('is repeated after a cut connection', async () => {
    const { api } = await apiFor((_, number, response) => (number === 1 ? response.destroy() : answer(response, 200, { ok: true })));
    expect((await api.read(read, signal)).body).toEqual({ ok: true });
  });

  it.each([
    [400, 'target-refused'],
    [401, 'target-forbidden'],
    [403, 'target-forbidden'],
    [404, 'target-not-found'],
    [409, 'target-conflict'],
    [500, 'target-unavailable'],
  ])('that is answered %i fails at once with %s', async (status, code) => {
    const { api, server } = await apiFor((_, __, response) => answer(response, status, failure('theirs')));
    await expect(api.read(read, signal)).rejects.toMatchObject({ code, systemCode: 'theirs' });
    expect(server.seen).toHaveLength(1);
  });

  it('that is answered with something that is not JSON fails as an invalid answer', async () => {
    const { api } = await apiFor((_, __, response) => response.writeHead(200).end('<html>'));
    await expect(api.read(read, signal)).rejects.toMatchObject({ code: 'target-answer-invalid' });
  });

  it('that is not answered in time fails as unreachable', async () => {
    const { api } = await apiFor(() => undefined, 50);
    await expect(api.read(read, signal)).rejects.toMatchObject({ code: 'target-unreachable' });
  });
});

describe('a write', () => {
  it.each([500, 502, 503, 504])('that is answered %i is lost, and never repeated, whatever Retry-After says', async (status) => {
    const { api, server } = await apiFor((_, __, response) => answer(response, status, failure('x'), { 'retry-after': '1' }));
    expect(await api.write(write, signal)).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect(server.seen).toHaveLength(1);
  });

  it('whose connection is cut is lost', async () => {
    const { api, server } = await apiFor((_, __, response) => response.destroy());
    expect(await api.write(write, signal)).toMatchObject({ is: 'lost' });
    expect(server.seen).toHaveLength(1);
  });

  it('whose answer is cut off in the middle is lost', async () => {
    const { api } = await apiFor((_, __, response) => {
      response.writeHead(201, { 'content-length': '100' }).write('{"id":');
      setImmediate(() => response.destroy());
    });
    expect(await api.write(write, signal)).toMatchObject({ is: 'lost' });
  });

  it('that is not answered in time is lost', async () => {
    const { api } = await apiFor(() => undefined, 50);
    expect(await api.write(write, signal)).toMatchObject({ is: 'lost' });
  });

  it('that is answered 429 did nothing and comes again when asked to', async () => {
    const { api, server } = await apiFor((_, __, response) => answer(response, 429, failure('x'), { 'retry-after': '2.5' }));
    expect(await api.write(write, signal)).toMatchObject({ is: 'later', retryAfterMs: 2500 });
    expect(server.seen).toHaveLength(1);
  });

  it('that finds nobody listening was never sent', async () => {
    const port = await unusedPort();
    const api = createApi({
      system: 'Graph',
      baseUrl: '',
      dialect: graphDialect,
      perform: createRestPerform(`http://127.0.0.1:${port}`, createFetchWire(1_000)),
    });
    expect(await api.write(write, signal)).toMatchObject({ is: 'later', problem: { code: 'target-unreachable' } });
  });

  it('that is given up before it is sent is not sent', async () => {
    const { api, server } = await apiFor((_, __, response) => answer(response, 200, {}));
    expect(await api.write(write, AbortSignal.abort())).toMatchObject({ is: 'later' });
    expect(server.seen).toHaveLength(0);
  });

  it('that is refused carries the answer’s own words', async () => {
    const { api } = await apiFor((_, __, response) => answer(response, 400, failure('Request_BadRequest'), { 'request-id': 'r-2' }));
    expect(await api.write(write, signal)).toMatchObject({
      is: 'refused',
      status: 400,
      problem: { code: 'target-refused', systemCode: 'Request_BadRequest', requestId: 'r-2' },
    });
  });

  it('does not follow a redirect with its body', async () => {
    const { api, server } = await apiFor((_, __, response) => answer(response, 307, {}, { location: '/elsewhere' }));
    expect(await api.write(write, signal)).toMatchObject({ is: 'refused' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('the token', () => {
  it('is renewed once after a 401, and the write repeated, since nothing happened', async () => {
    const server = await startScriptedServer((_, number, response) => answer(response, number === 1 ? 401 : 201, { id: '1' }));
    servers.push(server);
    let current = 'old';
    const tokens = { token: () => Promise.resolve(current), renew: () => void (current = 'new') };
    const wire = authorizeWire(createFetchWire(1_000), tokens, server.url);
    const api = createApi({ system: 'Graph', baseUrl: server.url, dialect: graphDialect, perform: createRestPerform(server.url, wire) });
    expect(await api.write(write, signal)).toMatchObject({ is: 'ok' });
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('goes to no other origin: a next page elsewhere is not followed', async () => {
    const elsewhere = await startScriptedServer((_, __, response) => answer(response, 200, { value: [] }));
    const server = await startScriptedServer((_, __, response) =>
      answer(response, 200, { value: [], '@odata.nextLink': `${elsewhere.url}/v1.0/users?$skiptoken=1` }),
    );
    servers.push(server, elsewhere);
    const wire = authorizeWire(
      createFetchWire(1_000),
      createFixedTokenSource(() => Promise.resolve('secret')),
      server.url,
    );
    const api = createApi({ system: 'Graph', baseUrl: server.url, dialect: graphDialect, perform: createRestPerform(server.url, wire) });
    await expect(graphList(api, read, z.object({}), signal)).rejects.toMatchObject({ code: 'target-answer-invalid' });
    await expect(
      wire({ method: 'GET', url: `${elsewhere.url}/`, headers: {}, body: undefined, priority: 'normal' }, signal),
    ).rejects.toThrow('no token is sent there');
    expect(elsewhere.seen).toHaveLength(0);
  });
});

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
