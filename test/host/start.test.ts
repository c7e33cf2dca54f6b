import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostProcess, endOf, scratchFolder, startOrchestration, until } from './support/host-process.ts';

let scratch: ReturnType<typeof scratchFolder>;
const hosts: HostProcess[] = [];

beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.end('SIGKILL');
  scratch.remove();
});

async function start(options: Partial<Parameters<typeof HostProcess.start>[0]> = {}): Promise<HostProcess> {
  const host = await HostProcess.start({ app: 'sample', data: scratch.path, ...options });
  hosts.push(host);
  return host;
}

/** Starts a host that is expected to refuse, and gives its exit code and what it said. */
async function refusal(
  options: Partial<Parameters<typeof HostProcess.start>[0]> = {},
): Promise<{ code: number | null; said: string; output: string }> {
  const host = HostProcess.launch({ app: 'sample', data: scratch.path, ...options });
  hosts.push(host);
  const code = await host.exit();
  return { code, said: host.errors, output: host.output };
}

async function busyPort(): Promise<{ port: number; close(): void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('Starting a host', () => {
  it('prints exactly one line, with the address, when it is ready', async () => {
    const host = await start();
    expect(host.output).toMatch(/^host ready http:\/\/127\.0\.0\.1:\d+\n$/);
  });

  it('keeps its master key in a file that only its owner can read, and keeps the key', async () => {
    const host = await start();
    const key = host.masterKey;
    expect(statSync(join(scratch.path, 'master-key')).mode & 0o777).toBe(0o600);
    await host.end();
    expect((await start()).masterKey).toBe(key);
  });

  it('is refused with exit code 1 while another host has the data folder, and works once that one was killed', async () => {
    const first = await start();
    const second = await refusal();
    expect(second.code).toBe(1);
    expect(second.said).toMatch(/^The data folder .* is in use by another host\. .*--data\.\n$/);
    await first.end('SIGKILL');
    await start();
  });

  it('is refused with the name of the setting where a port is busy', async () => {
    const busy = await busyPort();
    const http = await refusal({ args: ['--port', String(busy.port)] });
    const queues = await refusal({ app: 'queues', args: ['--servicebus-port', String(busy.port)] });
    busy.close();
    expect([http.code, http.said]).toEqual([1, expect.stringMatching(new RegExp(`^Port ${busy.port} .* in use.*PORT`))]);
    expect([queues.code, queues.said]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^Port ${busy.port} .* in use.*GATEHOUSE_SERVICEBUS`)),
    ]);
  });
});

describe('Stopping a host', () => {
  it('lets the activity in flight end, keeps what it gave, and exits with 0', async () => {
    const host = await start();
    await startOrchestration(host, 'chain', 'stopped');
    await until(() => host.effects().includes('begin stopped 1'));
    expect(await host.end('SIGTERM')).toBe(0);
    expect(host.effects()).toEqual(['begin stopped 1', 'end stopped 1']);
    const next = await start();
    expect((await endOf(next, 'stopped')).runtimeStatus).toBe('Completed');
    expect(next.effects().filter((line) => line === 'begin stopped 1')).toHaveLength(1);
  });
});
