import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ended, makeCheckout, startInCheckout } from './checkout.ts';
import type { Ended } from './checkout.ts';

const SAYS = 'npm ci';

// A package in a folder of the checkout needs no registry, so that the real npm can install it anywhere.
function manifest(version: string): string {
  return JSON.stringify({
    name: 'app',
    version: '1.0.0',
    dependencies: { greeting: 'file:greeting' },
    devDependencies: { [`v${version}`]: 'file:other' },
  });
}

function lockfile(other: string): string {
  const root = { name: 'app', version: '1.0.0', dependencies: { greeting: 'file:greeting' }, devDependencies: { [other]: 'file:other' } };
  const packages = {
    '': root,
    greeting: { version: '1.0.0' },
    other: { name: other, version: '1.0.0', dev: true },
    'node_modules/greeting': { resolved: 'greeting', link: true },
    [`node_modules/${other}`]: { resolved: 'other', link: true },
  };
  return JSON.stringify({ name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages });
}

let folder = '';
// This checkout brings no Node, so the way in must be on a recent one.
const environment = {
  NODE_ENV: 'production',
  npm_config_ignore_scripts: 'true',
  npm_config_engine_strict: 'true',
  npm_node_execpath: process.execPath,
};
const run = (): Promise<Ended> => ended(startInCheckout(folder, ['greet.mjs'], environment));

beforeEach(() => {
  folder = makeCheckout({
    'package.json': manifest('1'),
    'package-lock.json': lockfile('v1'),
    'greeting/package.json': JSON.stringify({
      name: 'greeting',
      version: '1.0.0',
      type: 'module',
      main: 'greeting.js',
      engines: { node: '>=99' },
    }),
    'greeting/greeting.js': 'export const greeting = "hello";',
    'other/package.json': JSON.stringify({ name: 'v1', version: '1.0.0' }),
    'greet.mjs': 'import { greeting } from "greeting"; console.log(greeting);',
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a fresh checkout', () => {
  it('installs its packages first, says so on standard error only, and does not install them again', async () => {
    const first = await run();
    expect([first.code, first.stdout]).toEqual([0, 'hello\n']);
    expect(first.stderr).toContain(SAYS);
    const second = await run();
    expect([second.code, second.stdout, second.stderr]).toEqual([0, 'hello\n', '']);
  });

  it('installs again once the lockfile names another package, development packages included', async () => {
    await run();
    writeFileSync(join(folder, 'package.json'), manifest('2'));
    writeFileSync(join(folder, 'other/package.json'), JSON.stringify({ name: 'v2', version: '1.0.0' }));
    writeFileSync(join(folder, 'package-lock.json'), lockfile('v2'));
    expect((await run()).stderr).toContain(SAYS);
    expect((await run()).stderr).toBe('');
  });

  it('says what failed and what to run where the packages cannot be installed', async () => {
    writeFileSync(join(folder, 'package.json'), manifest('3'));
    const { code, stderr } = await run();
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/npm ci failed\. Run `npm ci --ignore-scripts .*` in /);
  });
});
