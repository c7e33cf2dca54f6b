import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostProcess, scratchFolder } from './support/host-process.ts';

const scratch = scratchFolder();
let host: HostProcess;
const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${host.url}/v1/api/${path}`, init);
const masterKey = (): Record<string, string> => ({ 'x-functions-key': host.masterKey });
const admin = (path: string, method = 'GET'): Promise<Response> => fetch(`${host.url}/admin/${path}`, { method, headers: masterKey() });

beforeAll(async () => {
  host = await HostProcess.start({ app: 'http', data: scratch.path });
});
afterAll(async () => {
  await host.end();
  scratch.remove();
});

describe('The admin API', () => {
  it('tells the state of the host as Azure does', async () => {
    expect(await (await admin('host/status')).json()).toEqual({
      id: 'http',
      state: 'Running',
      version: '4.1040.0',
      versionDetails: '4.1040.0',
      platformVersion: process.version,
      instanceId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      computerName: hostname(),
      processUptime: expect.any(Number) as number,
      functionAppContentEditingState: 'NotAllowed',
    });
  });

  it('answers a ping to anybody', async () => {
    for (const method of ['GET', 'POST']) {
      const ping = await fetch(`${host.url}/admin/host/ping`, { method });
      expect([ping.status, ping.headers.get('cache-control')]).toEqual([200, 'no-store,no-cache']);
    }
  });

  it('describes each function as Azure does, with its bindings and the address to call', async () => {
    const all = (await (await admin('functions')).json()) as { name: string }[];
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['greet', 'inspect', 'slow']));
    const inspect = (await (await admin('functions/INSPECT')).json()) as { config: { bindings: object[] } };
    expect(inspect).toEqual({
      name: 'inspect',
      script_root_path_href: null,
      script_href: null,
      config_href: null,
      test_data_href: null,
      href: `${host.url}/admin/functions/inspect`,
      invoke_url_template: `${host.url}/v1/api/inspect/{id:int?}`,
      language: 'node',
      config: { name: 'inspect', bindings: expect.any(Array) as object[] },
      files: null,
      test_data: null,
      isDisabled: false,
      isDirect: true,
      isProxy: false,
    });
    expect(inspect.config.bindings).toContainEqual(
      expect.objectContaining({ type: 'httpTrigger', direction: 'in', route: 'inspect/{id:int?}' }),
    );
    expect(inspect.config.bindings).toContainEqual({ name: '$return', type: 'http', direction: 'out' });
    expect(await (await admin('functions/slow')).json()).toMatchObject({ invoke_url_template: null, isDirect: false });
  });

  it('tells the status of a function, which has no errors where the host runs', async () => {
    expect(await (await admin('functions/greet/status')).json()).toEqual({});
    expect((await admin('functions/nobody/status')).status).toBe(404);
    expect((await admin('functions/nobody')).status).toBe(404);
  });

  it('is closed without the master key, and has nothing else', async () => {
    for (const path of ['host/status', 'functions', 'functions/greet', 'functions/greet/status', 'host/keys', 'functions/greet/keys'])
      expect([path, (await fetch(`${host.url}/admin/${path}`)).status]).toEqual([path, 401]);
    for (const path of ['host/nothing', 'vfs/', 'functions/greet/other', 'functions/%E0%A4%A'])
      expect([path, (await admin(path)).status]).toEqual([path, 404]);
  });
});

describe('Keys', () => {
  it('are made at the first start, in files that only their owner can read', () => {
    for (const file of ['master-key', 'keys.json']) expect(statSync(join(scratch.path, file)).mode & 0o777).toBe(0o600);
  });

  const status = async (path: string, key: string): Promise<number> => (await get(path, { headers: { 'x-functions-key': key } })).status;
  const keyOf = async (path: string, method = 'GET', body?: string): Promise<{ status: number; value: string }> => {
    const response = await fetch(`${host.url}/admin/${path}`, { method, headers: masterKey(), ...(body === undefined ? {} : { body }) });
    return { status: response.status, value: response.ok ? ((await response.json()) as { value: string }).value : '' };
  };

  it('open functions of their level: one of the function itself or of the host, and the master key opens all', async () => {
    const own = (await keyOf('functions/guarded/keys/default')).value;
    const ofHost = (await keyOf('host/functionkeys/default')).value;
    for (const [path, key, expected] of [
      ['guarded', '', 401],
      ['guarded', own, 200],
      ['guarded', ofHost, 200],
      ['guarded', host.masterKey, 200],
      ['guardedToo', own, 401],
      ['guardedToo', ofHost, 200],
      ['ruled', own, 401],
      ['ruled', ofHost, 401],
      ['ruled', host.masterKey, 200],
    ] as const)
      expect([path, await status(path, key)]).toEqual([path, expected]);
    expect((await get(`guarded?code=${own}`)).status).toBe(200);
  });

  it('are listed, made, set, and removed, as by the key management API of Azure', async () => {
    const made = await keyOf('functions/guarded/keys/partner', 'POST');
    expect([made.status, await status('guarded', made.value)]).toEqual([201, 200]);
    const renewed = await keyOf('functions/guarded/keys/partner', 'POST');
    expect([renewed.status, await status('guarded', made.value), await status('guarded', renewed.value)]).toEqual([200, 401, 200]);
    const set = await keyOf('functions/guarded/keys/partner', 'PUT', '{"name":"partner","value":"chosen by hand"}');
    expect([set, await status('guarded', 'chosen by hand')]).toEqual([{ status: 200, value: 'chosen by hand' }, 200]);
    const list = (await (await admin('functions/Guarded/keys')).json()) as { keys: { name: string }[]; links: object[] };
    expect(list.keys.map(({ name }) => name)).toEqual(['default', 'partner']);
    expect(list.links).toEqual([{ rel: 'self', href: `${host.url}/admin/functions/Guarded/keys` }]);
    expect((await admin('functions/guarded/keys/partner', 'DELETE')).status).toBe(204);
    expect([(await admin('functions/guarded/keys/partner', 'DELETE')).status, await status('guarded', 'chosen by hand')]).toEqual([
      404, 401,
    ]);
  });

  it('are refused where their name or value is not possible, or they are not there', async () => {
    expect((await keyOf('host/keys/x', 'PUT', '{"value":7}')).status).toBe(400);
    expect((await keyOf('host/keys/x', 'PUT', 'no JSON')).status).toBe(400);
    expect((await keyOf('host/keys/_master', 'PUT', '{"value":"short"}')).status).toBe(400);
    expect((await keyOf('host/keys/_x', 'POST')).status).toBe(400);
    expect((await admin('host/systemkeys/_master', 'DELETE')).status).toBe(400);
    for (const path of ['functions/nobody/keys', 'functions/guarded/keys/nothing', 'host/keys/nothing', 'host/otherkeys'])
      expect([path, (await admin(path)).status]).toEqual([path, 404]);
    expect((await fetch(`${host.url}/admin/host/keys?code=wrong`)).status).toBe(401);
  });

  it('of the durable API can be changed while the host runs', async () => {
    const before = (await keyOf('host/systemkeys/durabletask_extension')).value;
    const ask = async (key: string): Promise<number> =>
      (await fetch(`${host.url}/runtime/webhooks/durabletask/instances/?code=${key}`)).status;
    expect(await ask(before)).toBe(200);
    const after = (await keyOf('host/systemkeys/durabletask_extension', 'POST')).value;
    expect([await ask(before), await ask(after)]).toEqual([401, 200]);
  });

  it('last over a restart, the master key too once it has been changed', async () => {
    const own = (await keyOf('functions/guarded/keys/kept', 'POST')).value;
    const before = host.masterKey;
    expect((await keyOf('host/systemkeys/_master', 'POST')).status).toBe(201);
    expect(host.masterKey).not.toBe(before);
    expect([await status('ruled', before), await status('ruled', host.masterKey)]).toEqual([401, 200]);
    await host.end('SIGKILL');
    host = await HostProcess.start({ app: 'http', data: scratch.path });
    expect([await status('guarded', own), await status('ruled', before), await status('ruled', host.masterKey)]).toEqual([200, 401, 200]);
  });
});
