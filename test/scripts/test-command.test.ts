import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagesUsedIn } from '../../scripts/system-packages.ts';
import { ended, makeInstalledCheckout, startInCheckout } from './checkout.ts';
import type { Ended } from './checkout.ts';

const SETTING = ['GATEHOUSE', 'TEST', 'CHROMIUM'].join('_');
let folder = '';

beforeAll(() => {
  folder = makeInstalledCheckout({
    'package.json': JSON.stringify({ type: 'module' }),
    'test/all/all.test.ts': `import { it } from 'vitest'; it('holds', () => {});`,
    'test/some/some.test.ts': `import { it } from 'vitest'; it('holds', () => {}); it.skip('is left out', () => {});`,
    'test/pages/pages.test.ts': `import { expect, it } from 'vitest'; it('is told where', () => expect(process.env['${SETTING}']).toBe('/opt/chromium'));`,
  });
  for (const file of ['vitest.config.ts', 'scripts/test.ts', 'scripts/system-packages.ts']) copyFileSync(file, join(folder, file));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runTests = (...args: readonly string[]): Promise<Ended> =>
  ended(startInCheckout(folder, ['scripts/test.ts', ...args], { [SETTING]: '/opt/chromium', VITEST: '', NO_COLOR: '1' }));

describe('npm test', () => {
  it('passes and names what it left out', async () => {
    const { code, stdout } = await runTests('test/some');
    expect([code, stdout]).toEqual([0, expect.stringContaining('test/some/some.test.ts: is left out')]);
  });

  it('fails where nothing may be left out', async () => {
    const { code, stderr } = await runTests('--no-skips', 'test/some');
    expect([code, stderr]).toEqual([1, expect.stringContaining('--no-skips')]);
  });

  it('passes where nothing may be left out and nothing was, and tells tests where a system package is', async () => {
    expect((await runTests('--no-skips', 'test/all', 'test/pages')).code).toBe(0);
  });

  it('knows from the sources of the tests which system packages they use', () => {
    expect(packagesUsedIn(join(folder, 'test')).map(({ name }) => name)).toEqual(['Chromium']);
    expect(packagesUsedIn(join(folder, 'test/all'))).toEqual([]);
  });
});
