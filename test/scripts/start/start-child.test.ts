import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChildPlan, startChild } from '../../../scripts/start/start-child.ts';

const root = join(import.meta.dirname, '../../..');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plan = (script: string, signal = new AbortController().signal): ChildPlan => ({
  name: 'The host',
  args: ['--eval', script],
  root,
  environment: process.env,
  logFile: join(folder, 'host.log'),
  ready: 'host ready',
  signal,
});
const staying = 'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000); console.log("host ready");';

describe('a process that npm start starts', () => {
  it('is there once it says that it is ready, keeps its words in its log, and ends when it is told to', async () => {
    const child = await startChild(plan(`console.error("a word"); ${staying}`));
    await child.stop();
    expect(readFileSync(join(folder, 'host.log'), 'utf8')).toContain('a word');
  });

  it('is reported with the end of its log when it dies before it is ready', async () => {
    const dying = startChild(plan('console.error("Port 7071 is in use. Set PORT."); process.exit(1)'));
    await expect(dying).rejects.toThrow(/^The host ended \(exit code 1\)\. The end of .*host\.log:\n {2}Port 7071 is in use\. Set PORT\.$/);
  });

  it('is reported when it dies later, and not when it is stopped', async () => {
    const mortal = await startChild(
      plan('console.log("host ready"); console.error("out of memory"); setTimeout(() => process.exit(9), 20)'),
    );
    await expect(mortal.died).rejects.toThrow(/exit code 9[^]*out of memory/);
    const child = await startChild(plan(staying));
    await child.stop();
    const first = await Promise.race([child.died.catch(() => 'reported'), new Promise((resolve) => setImmediate(() => resolve('quiet')))]);
    expect(first).toBe('quiet');
  });

  it('is stopped when the start is given up', async () => {
    const given = new AbortController();
    const starting = startChild(plan('setInterval(() => {}, 1000)', given.signal));
    given.abort();
    await expect(starting).rejects.toThrow(/aborted/i);
  });

  it('ends when the starting process is killed', async () => {
    const { signal: _, ...rest } = plan(
      `require("fs").writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid)); ${staying}`,
    );
    const module = JSON.stringify(pathToFileURL(join(root, 'scripts/start/start-child.ts')).href);
    const script = `const { startChild } = await import(${module}); await startChild({ ...${JSON.stringify(rest)}, signal: new AbortController().signal }); process.kill(process.pid, "SIGKILL");`;
    await once(spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' }), 'exit');
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
