import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ended, firstLine, isRunning, makeInstalledCheckout, startInCheckout } from './checkout.ts';

const STAY = 'setInterval(() => {}, 1000); console.log(process.pid);';
const scripts = {
  'scripts/start.ts': 'const words: string[] = process.argv.slice(2); console.log(JSON.stringify(words));',
  'tell.ts':
    'const told: unknown = [process.versions.node, process.argv.slice(2)]; console.log(JSON.stringify(told)); process.exitCode = 7;',
  'stay.ts': STAY,
  'say-goodbye.ts': `import { writeFileSync } from 'node:fs'; process.on('SIGTERM', () => { writeFileSync('goodbye', ''); process.exit(5); }); ${STAY}`,
  'grandchild.ts': `import { fork } from 'node:child_process'; fork('tell-options.ts').on('message', (told) => { console.log(JSON.stringify(told)); });`,
  'tell-options.ts': 'process.send?.([process.execArgv, process.env["NODE_OPTIONS"] ?? "none"]); process.disconnect();',
};
let folder = '';

beforeAll(() => {
  folder = makeInstalledCheckout(scripts);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the way in', () => {
  it('runs a TypeScript file on Node 24 or later with its arguments, and ends with its exit code', async () => {
    const { code, stdout } = await ended(startInCheckout(folder, ['tell.ts', '--short', 'a b']));
    const [version, args] = JSON.parse(stdout);
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(24);
    expect(args).toEqual(['--short', 'a b']);
    expect(code).toBe(7);
  });

  it('installs nothing where the packages are those of the lockfile', async () => {
    expect((await ended(startInCheckout(folder, ['tell.ts']))).stderr).toBe('');
  });

  it('understands `npm start --once --quiet-day`, which npm turns into settings', async () => {
    const environment = { npm_config_once: 'true', npm_config_quiet_day: 'true', npm_config_reset: '' };
    const { stdout } = await ended(startInCheckout(folder, ['scripts/start.ts', '--once'], environment));
    expect(JSON.parse(stdout)).toEqual(['--once', '--quiet-day']);
  });

  it('gives those flags to no other script', async () => {
    const { stdout } = await ended(startInCheckout(folder, ['tell.ts'], { npm_config_once: 'true' }));
    expect(JSON.parse(stdout)[1]).toEqual([]);
  });

  it('asks for a script where none is named', async () => {
    const { code, stderr } = await ended(startInCheckout(folder, []));
    expect([code, stderr]).toEqual([2, expect.stringContaining('Name the script')]);
  });
});

describe('the life of the script', () => {
  it('ends, by its own handler, when the way in is told to stop', async () => {
    const parent = startInCheckout(folder, ['say-goodbye.ts']);
    await firstLine(parent);
    parent.kill('SIGTERM');
    expect((await ended(parent)).code).toBe(5);
  });

  it('is told of an interrupt, and the way in ends as interrupted', async () => {
    const parent = startInCheckout(folder, ['stay.ts']);
    await firstLine(parent);
    parent.kill('SIGINT');
    expect((await ended(parent)).code).toBe(130);
  });

  it('ends when the way in is killed', async () => {
    const parent = startInCheckout(folder, ['stay.ts']);
    const pid = Number(await firstLine(parent));
    parent.kill('SIGKILL');
    await vi.waitUntil(() => !isRunning(pid), { timeout: 10_000 });
  });

  it('ends by its own handler when the way in is killed', async () => {
    rmSync(join(folder, 'goodbye'), { force: true });
    const parent = startInCheckout(folder, ['say-goodbye.ts']);
    const pid = Number(await firstLine(parent));
    parent.kill('SIGKILL');
    await vi.waitUntil(() => !isRunning(pid), { timeout: 10_000 });
    expect(existsSync(join(folder, 'goodbye'))).toBe(true);
  });

  it('ends when npm, which started the way in, is killed', async () => {
    const start = `require('node:child_process').spawn(process.execPath, ['scripts/node24.mjs', 'stay.ts'], { stdio: 'inherit' })`;
    const npm = spawn(process.execPath, ['-e', start], { cwd: folder, env: { ...process.env, npm_command: 'run-script' } });
    const pid = Number(await firstLine(npm));
    npm.kill('SIGKILL');
    await vi.waitUntil(() => !isRunning(pid), { timeout: 10_000 });
  });

  it('hands nothing of this on to the processes that the script forks', async () => {
    const { stdout } = await ended(startInCheckout(folder, ['grandchild.ts']));
    const [options, nodeOptions] = JSON.parse(stdout);
    expect(options.join(' ')).not.toContain('end-with-parent');
    expect(nodeOptions).toBe(process.env['NODE_OPTIONS'] ?? 'none');
  });
});

describe('the settings that npm reads', () => {
  it('send every command through the way in, with no script before or after another', () => {
    const { scripts: commands, bin } = JSON.parse(readFileSync('package.json', 'utf8'));
    const elsewhere = Object.entries<string>(commands).filter(
      ([name, command]) => !command.startsWith('node scripts/node24.mjs ') || /^(pre|post)/.test(name),
    );
    expect(elsewhere).toEqual([]);
    expect(bin).toEqual({ gatehouse: 'scripts/gatehouse.mjs' });
  });
});
