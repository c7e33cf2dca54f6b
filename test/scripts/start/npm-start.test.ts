import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSettings } from '../../../scripts/start/start-settings.ts';
import { waitForPorts } from '../../../scripts/start/wait-for-ports.ts';
import { isFullSize } from '../../support/full-size.ts';
import { freePortAbove, freePorts } from './free-ports.ts';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
let environment: Record<string, string | undefined> = {};

beforeAll(async () => {
  const [port, control, graph, oci, queues] = await freePorts(5);
  environment = {
    ...process.env,
    PORT: String(port),
    GATEHOUSE_SANDBOX_PORT: String(control),
    GATEHOUSE_GRAPH_URL: `http://127.0.0.1:${graph}`,
    GATEHOUSE_OCI_URL: `http://127.0.0.1:${oci}`,
    GATEHOUSE_AD_URL: `ldaps://127.0.0.1:${await freePortAbove(247)}`,
    GATEHOUSE_SERVICEBUS: `Endpoint=sb://127.0.0.1:${queues};SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true`,
    GATEHOUSE_DATA_DIR: join(folder, 'data'),
    GATEHOUSE_SANDBOX_DIR: join(folder, 'sandbox'),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/start.ts', ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** All that it says up to a line with these words. */
async function said(child: ChildProcess, words: string): Promise<string> {
  if (child.stdout === null) throw new Error('It says nothing.');
  let all = '';
  for await (const line of createInterface({ input: child.stdout })) {
    all += `${line}\n`;
    if (line.includes(words)) return all;
  }
  throw new Error(`It ended without saying “${words}”:\n${all}`);
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

// One story on one pair of data folders: the second start goes on from what the first left.
describe('npm start', () => {
  let again: ChildProcess;
  it('plays the whole lifecycle, verifies every end state in the targets themselves, and ends with 0', async () => {
    const child = start('--once');
    const [words, exitCode] = await Promise.all([child.stdout === null ? '' : text(child.stdout), exitOf(child)]);
    expect(words).toMatch(/✓ verified in the targets: 23 of 23/);
    expect(words).toMatch(/^✓ Zoë O'Brien +AD ✓ {2}Entra ✓ {2}OCI ✓ {2}pass → manager/m);
    expect(words).toMatch(/^◷ Leïla Bensaïd +AD ✓ {2}Entra ✓ {2}OCI ✓ {2}disabled until/m);
    expect(words).toMatch(/^✓ Kartika +AD ✓ {2}Entra ✓ {2}OCI ✓ {2}4 new, 4 old until /m);
    expect(words).toMatch(/^✓ Arjun Subramanian +AD ✓ {2}Entra ✓ {2}OCI ✓ {2}shut in [\d.]+ s\n +AD closed on /m);
    expect(words).toMatch(
      /^⏸ Dmitri Volkov .*OPEN[\s\S]+approver 2 of 2 \(admin\) agrees too[\s\S]+^✓ Dmitri Volkov +AD ✓ {2}Entra ✓ {2}OCI ✓ {2}shut in/m,
    );
    expect(words).toContain('“contain” 30 of its');
    expect(words).toContain('0 writes about these people, from first to last');
    expect(words).toContain('is active in OCI again. The sweep looks at');
    expect(words).not.toMatch(/^ *✗/m);
    expect(exitCode).toBe(0);
  }, 180_000);

  it('played again on the same folders it does nothing twice, finds everything as it was left, and stays', async () => {
    again = start();
    const words = await said(again, 'verified in the targets');
    expect(words).toContain('They were hired on an earlier start');
    expect(words).toContain('It came on an earlier start, was held, and was cancelled.');
    expect(words).toMatch(/✓ verified in the targets: (\d+) of \1/);
  }, 90_000);

  it('leaves a token that opens the API, readable by its owner alone; interrupted, even twice, it ends everything and exits with 0', async () => {
    const child = again;
    const file = join(folder, 'data', 'token');
    const runs = (token: string) =>
      fetch(`http://127.0.0.1:${environment['PORT']}/api/runs`, { headers: { Authorization: `Bearer ${token}` } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await runs(readFileSync(file, 'utf8').trim())).status).toBe(200);
    expect((await runs('none')).status).toBe(401);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await exitOf(child)).toBe(0);
    await expect(waitForPorts(startSettings(environment, root).ports, 0)).resolves.toBeUndefined();
  }, 60_000);

  if (isFullSize)
    it('on a quiet day plays nothing', async () => {
      const child = start('--quiet-day', '--once');
      const [words, exitCode] = await Promise.all([child.stdout === null ? '' : text(child.stdout), exitOf(child)]);
      expect(words).toContain('ready in');
      expect(words).not.toContain('verified');
      expect(exitCode).toBe(0);
    }, 90_000);
});
