import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../sandbox/read-settings.ts';
import { atEnd, temporaryFolder } from '../foundation/temporary-world.ts';

const anyPort = {
  GATEHOUSE_SANDBOX_PORT: '0',
  GATEHOUSE_GRAPH_URL: 'http://127.0.0.1:0',
  GATEHOUSE_OCI_URL: 'http://127.0.0.1:0',
  GATEHOUSE_AD_URL: 'ldaps://127.0.0.1:0',
};

function run(settings: Readonly<Record<string, string>>): ChildProcess {
  const main = fileURLToPath(new URL('../../../sandbox/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...anyPort, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  atEnd(() => void child.kill('SIGKILL'));
  return child;
}

async function ready(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The sandbox has no output.');
  const problems: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => problems.push(chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^sandbox ready (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The sandbox ended before it was ready: ${problems.join('')}`);
}

async function hire(control: string, workerId: string): Promise<number> {
  const body = JSON.stringify({ workerId, status: 'active', workerType: 'employee', name: { given: 'Zoë' }, hireDate: '2026-12-01' });
  const response = await fetch(`${control}/hr/v1/workers`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sandbox-hr-api-key' },
    body,
  });
  return response.status;
}

describe('the sandbox as a process', () => {
  it('says when it is ready, keeps what it answered for when it is killed, and ends cleanly when asked', async () => {
    const settings = { GATEHOUSE_SANDBOX_DIR: temporaryFolder() };
    const first = run(settings);
    expect(await hire(await ready(first), '10042')).toBe(201);
    first.kill('SIGKILL');
    await once(first, 'exit');

    const second = run(settings);
    const control = await ready(second);
    expect(await hire(control, '10042')).toBe(409);
    for (const system of ['graph', 'oci', 'directory', 'hr']) expect((await fetch(`${control}/state/${system}`)).status).toBe(200);
    second.kill('SIGTERM');
    expect(await once(second, 'exit')).toEqual([0, null]);
  });

  it('says which port is busy and by which setting to change it, and ends', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    atEnd(() => void blocker.close());
    const { port } = blocker.address() as AddressInfo;
    const child = run({ GATEHOUSE_SANDBOX_DIR: temporaryFolder(), GATEHOUSE_SANDBOX_PORT: String(port) });
    const printed: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(printed.join('')).toBe(`Port ${port} is busy. Stop what listens there, or set GATEHOUSE_SANDBOX_PORT to another port.\n`);
  });
});

describe("the sandbox's settings", () => {
  it('are the ports and folder of the contract unless the environment says otherwise', () => {
    expect(readSettings({})).toEqual({
      dataDir: '.gatehouse-sandbox',
      ports: { control: 7072, graph: 7073, oci: 7074, ldap: 7389, ldaps: 7636 },
      company: { people: 60, left: 0 },
    });
    expect(readSettings({ GATEHOUSE_AD_URL: 'ldaps://127.0.0.1:8636', GATEHOUSE_GRAPH_URL: 'http://localhost:8073' }).ports).toMatchObject({
      ldaps: 8636,
      ldap: 8389,
      graph: 8073,
    });
  });

  it('list both domain controllers in one, with a comma between', () => {
    const both = readSettings({ GATEHOUSE_AD_URL: 'ldaps://127.0.0.1:8636, ldaps://127.0.0.1:8637' }).ports;
    expect(both).toMatchObject({ ldaps: 8636, ldap: 8389, ldapsSecond: 8637, ldapSecond: 8390 });
  });

  it('are refused by name when they are no port or not on loopback', () => {
    expect(() => readSettings({ GATEHOUSE_SANDBOX_PORT: 'x' })).toThrow(/GATEHOUSE_SANDBOX_PORT is x/);
    expect(() => readSettings({ GATEHOUSE_GRAPH_URL: 'https://graph.microsoft.com' })).toThrow(/GATEHOUSE_GRAPH_URL.*loopback/);
  });
});
