import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, scratchFolder, until } from './support/host-process.ts';

const scratch = scratchFolder();
let host: HostProcess;
const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${host.url}/api/${path}`, init);

/** A request whose body is written piece by piece, its length unknown. */
function open(path: string): ClientRequest {
  return httpRequest(`${host.url}/api/${path}`, { method: 'POST', headers: { 'content-type': 'text/plain' } });
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

beforeAll(async () => {
  host = await HostProcess.start({ app: 'stream', data: scratch.path, environment: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000000' } });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

describe('An app that streams', () => {
  it('answers piece by piece: the first arrives before the last is written', async () => {
    const response = await get('pieces/7');
    expect([response.status, response.headers.get('x-id'), response.headers.getSetCookie()]).toEqual([203, '7', ['a=1']]);
    expect(response.headers.get('x-ms-invocation-id')).toBeNull();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('first');
    expect((await get('release', { method: 'POST' })).status).toBe(200);
    expect((await reader?.read())?.value).toBe('last');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('reads a body of unknown length while it is sent', async () => {
    const request = open('upload');
    request.write('x'.repeat(1000));
    await until(() => host.effects().includes('got 1000'));
    request.end('y'.repeat(500));
    const answer = await answerTo(request);
    expect(JSON.parse((await answer.toArray()).join(''))).toEqual({ length: 1500, type: 'text/plain' });
  });

  it('reads and answers at the same time', async () => {
    const request = open('echo');
    request.write('ping');
    const answer = await answerTo(request);
    expect(String((await once(answer, 'data'))[0])).toBe('ping');
    request.end('pong');
    expect(String((await once(answer, 'data'))[0])).toBe('pong');
  });

  it('gets route and query parameters together, as on Azure, and each value of a repeated one by the address', async () => {
    const found = await (await get('inspect/5?many=1&many=2&x=y')).json();
    expect(found).toEqual({
      url: `${host.url}/api/inspect/5?many=1&many=2&x=y`,
      params: { id: '5', many: '1,2', x: 'y' },
      many: ['1', '2'],
    });
  });

  it('answers 500 with an empty body where the handler throws, and 204 where it returns nothing', async () => {
    const broken = await get('broken');
    expect([broken.status, await broken.text()]).toEqual([500, '']);
    await until(() => host.errors.includes('error broken no luck\n'));
    expect((await get('nothing')).status).toBe(204);
  });

  it('answers HEAD with headers alone', async () => {
    const response = await get('inspect/5', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'application/json', '']);
  });

  it('breaks the connection off where the body fails after its beginning', async () => {
    const response = await get('brokenLater');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    await until(() => host.errors.includes('error brokenLater no luck later\n'));
  });

  it('tells the handler that the client broke off, and does not call that an error of the function', async () => {
    const request = open('upload');
    request.on('error', () => undefined);
    request.write('z'.repeat(77));
    await until(() => host.effects().includes('got 77'));
    request.destroy();
    await until(() => host.effects().includes('broken off'));
    expect(host.errors).not.toContain('error upload');
  });

  it('refuses a body over the limit, announced or not', async () => {
    expect((await get('upload', { method: 'POST', body: 'x'.repeat(1_000_001) })).status).toBe(413);
    const request = open('upload');
    request.on('error', () => undefined);
    request.write('x'.repeat(900_000));
    request.write('x'.repeat(200_000));
    expect((await answerTo(request)).statusCode).toBe(413);
    request.destroy();
  });

  it('needs keys as any other', async () => {
    expect((await get('guarded')).status).toBe(401);
    expect((await get(`guarded?code=${host.masterKey}`)).status).toBe(200);
  });
});
