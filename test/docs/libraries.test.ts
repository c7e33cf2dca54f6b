import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const packages = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: packages, devDependencies: packages, optionalDependencies: packages })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const table = readFileSync('docs/adr/0004-library-choices.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|')[2] ?? '')
  .flatMap((cell) => cell.split(/[\s,]+/));

describe('docs/adr/0004-library-choices.md', () => {
  it('gives a reason for every package that is installed', () => {
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });
    expect(installed.filter((name) => !table.includes(name))).toEqual([]);
  });
});

describe('the independent clients and servers of the tests', () => {
  it('are never installed where the product runs', () => {
    const peers = ['oci-identitydomains', 'oci-common', 'scimmy', 'scimmy-routers', 'express'];
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(peers));
    expect(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter((name) => peers.includes(name))).toEqual([]);
  });
});
