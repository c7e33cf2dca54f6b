import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { pathOf, readBody, send, type HttpContext } from '../../../sandbox/foundation/http-wire.ts';
import type { OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { serve, type HttpApp } from '../../../sandbox/foundation/serve.ts';
import { perform } from '../../../sandbox/foundation/wire.ts';
import { atEnd, temporaryWorld } from './temporary-world.ts';

/** A system with one operation, `notes.add`, whose only state is how often it was done. */
async function aSystem(world: OpenedWorld) {
  const done: unknown[] = [];
  const app: HttpApp = new Hono();
  app.all('*', async (context: HttpContext) => {
    const body = await readBody(context);
    const value = body.is === 'json' || body.is === 'form' ? body.value : undefined;
    const call = {
      system: 'oci',
      operation: 'notes.add',
      kind: 'write',
      method: context.req.method,
      path: pathOf(context),
      body: value,
      requestId: 'r-1',
    } as const;
    const result = await perform(world, call, {
      work: () => {
        if (value !== undefined && JSON.stringify(value).includes('defect')) throw new Error('a defect of the sandbox');
        done.push(value);
        return { status: 201, body: { done: done.length } };
      },
      refuse: ({ status, code }) => ({ status, body: { error: code ?? null } }),
    });
    return send(context, result);
  });
  const served = await serve(app, { port: 0, setting: 'GATEHOUSE_TEST' });
  atEnd(served.close);
  const post = (body: string) => fetch(`${served.url}/notes?n=1%26x`, { method: 'POST', body });
  return { done, served, post };
}

const fault = { system: 'oci', operation: 'notes.add', nth: 1, times: 1 } as const;

describe('a call on the wire', () => {
  it('is answered, and recorded with its path as received', async () => {
    const world = temporaryWorld();
    const { post } = await aSystem(world);
    const response = await post('{"note":"a"}');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ done: 1 });
    expect(world.requests.since('oci', 0)).toMatchObject([
      { path: '/notes?n=1%26x', requestBody: { note: 'a' }, status: 201, responseBody: { done: 1 } },
    ]);
  });

  it('does not happen when a fault strikes before it, and happens when the fault only replaces the answer', async () => {
    const world = temporaryWorld();
    const { post, done } = await aSystem(world);
    world.faults.add({ ...fault, phase: 'before', effect: { status: 503, code: 'busy', retryAfter: 2.5 } });
    world.faults.add({ ...fault, nth: 2, phase: 'after', effect: { status: 502 } });
    const refused = await post('{}');
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([503, '2.5', { error: 'busy' }]);
    expect(done).toHaveLength(0);
    expect((await post('{}')).status).toBe(502);
    expect(done).toHaveLength(1);
    expect(world.requests.since('oci', 0).map((row) => row.status)).toEqual([503, 502]);
  });

  it('can lose its connection after it was done', async () => {
    const world = temporaryWorld();
    const { post, done } = await aSystem(world);
    world.faults.add({ ...fault, phase: 'after', effect: { reset: true } });
    await expect(post('{"note":"a"}')).rejects.toThrow('fetch failed');
    expect(done).toHaveLength(1);
    expect(world.requests.since('oci', 0)).toMatchObject([{ status: 0, fault: { phase: 'after' } }]);
  });

  it('is delayed, and still done, by a fault with a delay', async () => {
    const world = temporaryWorld();
    const { post } = await aSystem(world);
    world.faults.add({ ...fault, phase: 'before', effect: { delayMs: 30 } });
    expect((await post('{}')).status).toBe(201);
    expect(world.faults.list()).toMatchObject([{ fired: 1 }]);
  });

  it('that meets a defect of the sandbox is a 500 in the format of the system', async () => {
    const world = temporaryWorld();
    const { post } = await aSystem(world);
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    atEnd(() => printed.mockRestore());
    const response = await post('{"note":"defect"}');
    expect(printed).toHaveBeenCalledOnce();
    expect([response.status, await response.json()]).toEqual([500, { error: 'sandboxDefect' }]);
  });

  it('with a body that cannot be parsed reaches the system as one without a value', async () => {
    const { post } = await aSystem(temporaryWorld());
    expect((await post('{"note":')).status).toBe(201);
  });
});

describe('serving', () => {
  it('names the setting when the port is busy', async () => {
    const { served } = await aSystem(temporaryWorld());
    await expect(serve(new Hono(), { port: served.port, setting: 'GATEHOUSE_OCI_URL' })).rejects.toThrow(
      /Port \d+ is busy.*GATEHOUSE_OCI_URL/,
    );
  });
});
