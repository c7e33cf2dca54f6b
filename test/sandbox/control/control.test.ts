import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { controlApp } from '../../../sandbox/control/control-app.ts';
import type { OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { serve } from '../../../sandbox/foundation/serve.ts';
import { verifyGraphToken } from '../../../sandbox/tokens/verify-graph-token.ts';
import { atEnd, temporaryWorld } from '../foundation/temporary-world.ts';

async function aControlPort(world: OpenedWorld) {
  const webhooks: string[] = [];
  const state = {
    graph: () => ({ users: [] }),
    oci: () => null,
    directory: () => null,
    scim: () => null,
    hr: () => null,
    bamboo: () => null,
  };
  const served = await serve(
    controlApp(world, {
      state,
      sync: () => Promise.resolve({ created: 1 }),
      setWebhook: (url) => void webhooks.push(url),
      setBambooWebhook: (url) => void webhooks.push(`bamboo ${url}`),
    }),
    { port: 0, setting: 'GATEHOUSE_SANDBOX_PORT' },
  );
  atEnd(served.close);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(served.url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as unknown };
  };
  return { call, webhooks, port: served.port };
}

describe('the control port', () => {
  it("advances, sets and resets the world's time, over month ends too", async () => {
    const world = temporaryWorld(() => Date.parse('2026-11-30T08:00:00Z'));
    const { call } = await aControlPort(world);
    const nowAfter = async (change: unknown) => (await call('POST', '/clock', change)).body;
    expect(await nowAfter({ advance: 'P14D' })).toEqual({ now: '2026-12-14T08:00:00.000Z', offsetMs: 14 * 86_400_000 });
    expect(await nowAfter({ advance: 'P3M' })).toMatchObject({ now: '2027-03-14T08:00:00.000Z' });
    expect(await nowAfter({ set: '2026-12-01T09:00:00+01:00' })).toMatchObject({ now: '2026-12-01T08:00:00.000Z' });
    expect(await nowAfter({ reset: true })).toMatchObject({ offsetMs: 0 });
    expect((await call('POST', '/clock', { advance: 'a fortnight' })).status).toBe(400);
  });

  it('schedules, lists and empties faults, and says what is wrong with one', async () => {
    const world = temporaryWorld();
    const { call } = await aControlPort(world);
    const order = { system: 'graph', operation: 'users.create', phase: 'after', effect: { status: 503, code: 'busy', retryAfter: 2.5 } };
    expect((await call('POST', '/faults', order)).body).toMatchObject({ ...order, nth: 1, times: 1, fired: 0 });
    expect(world.faults.take('graph', 'users.create', '')).toEqual({ phase: 'after', effect: order.effect });
    expect((await call('GET', '/faults')).body).toMatchObject([{ operation: 'users.create', fired: 1 }]);
    expect((await call('DELETE', '/faults')).status).toBe(204);
    expect((await call('GET', '/faults')).body).toEqual([]);
    const refused = await call('POST', '/faults', { ...order, system: 'payroll' });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('system')]);
  });

  it('changes any part of the settings and keeps the rest', async () => {
    const world = temporaryWorld();
    const { call } = await aControlPort(world);
    await call('POST', '/settings', { latencyMs: { graph: 5 }, cloudSync: { paused: true } });
    const { body } = await call('POST', '/settings', {
      graph: { quota: 'none', notifications: { dropPercent: 20, seed: 7 } },
      latencyMs: { oci: 7 },
    });
    expect(body).toEqual({
      latencyMs: { graph: 5, oci: 7 },
      graph: {
        handsPermissions: 'all',
        replicationDelayMs: 0,
        quota: 'none',
        permissions: 'all',
        privilegedWritable: false,
        notifications: { dropPercent: 20, duplicatePercent: 0, delayMs: 0, shuffle: false, seed: 7, paused: false },
      },
      oci: { quota: 'published' },
      directory: { recycleBin: true, replicationDelayMs: 0, unreachable: [], protectedWritable: false },
      cloudSync: { intervalMs: 2000, paused: true },
    });
    expect(world.settings.cloudSync.paused).toBe(true);
    expect((await call('POST', '/settings', { cloudSync: { pause: true } })).status).toBe(400);
  });

  it('shows state, requests after a number, counters and secrets', async () => {
    const world = temporaryWorld();
    const { call } = await aControlPort(world);
    const row = { system: 'oci', operation: 'scim.getUser', kind: 'read', method: 'GET', path: '/x', status: 200, requestId: 'r' } as const;
    world.record(row);
    world.record(row);
    world.rememberSecret('graph', 'pass', 'ABC');
    expect((await call('GET', '/state/graph')).body).toEqual({ users: [] });
    expect((await call('GET', '/state/payroll')).status).toBe(404);
    expect((await call('GET', '/requests/oci?since=1')).body).toMatchObject([{ sequence: 2, operation: 'scim.getUser' }]);
    expect((await call('GET', '/counters')).body).toMatchObject({ oci: { reads: 2, writes: 0 } });
    expect((await call('GET', '/secrets')).body).toEqual([{ system: 'graph', kind: 'pass', value: 'ABC' }]);
  });

  it('issues tokens for the API, runs a sync and sets the webhook', async () => {
    const world = temporaryWorld();
    const { call, webhooks } = await aControlPort(world);
    const issued = (await call('POST', '/tokens', { client: 'operator' })).body as { token: string; expiresIn: number };
    expect(issued.expiresIn).toBe(86_400);
    expect(await verifyGraphToken(world, issued.token)).toBeUndefined();
    expect((await call('POST', '/tokens', { client: 'root' })).status).toBe(400);
    expect((await call('POST', '/tokens', { user: 'margarida.vasconcelos@contoso.example' })).status).toBe(200);
    expect((await call('POST', '/tokens', { user: 'nobody@contoso.example' })).status).toBe(400);
    expect((await call('POST', '/sync')).body).toEqual({ created: 1 });
    expect((await call('POST', '/hr/webhook', { url: 'http://127.0.0.1:7071/api/hr/generic' })).status).toBe(200);
    expect((await call('POST', '/hr/webhook', { url: 'file:///etc/passwd' })).status).toBe(400);
    await call('POST', '/bamboo/webhook', { url: 'http://127.0.0.1:7071/api/hr/bamboo' });
    expect(webhooks).toEqual(['http://127.0.0.1:7071/api/hr/generic', 'bamboo http://127.0.0.1:7071/api/hr/bamboo']);
  });

  it('does not answer under another host name', async () => {
    const { port } = await aControlPort(temporaryWorld());
    const status = await new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: '/secrets', headers: { Host: 'attacker.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});
