import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCycles } from './architecture/check-cycles.ts';
import { checkHouseStyle } from './architecture/check-house-style.ts';
import { checkImports } from './architecture/check-imports.ts';
import { checkSecrets } from './architecture/check-secrets.ts';
import { checkTasks } from './architecture/check-tasks.ts';
import { filesUnder, readCheckout } from './architecture/read-checkout.ts';

const root = dirname(import.meta.dirname);
const files = readCheckout(root);

describe('the house', () => {
  it('imports only in the directions that docs/architecture.md lists', () => {
    expect(checkImports(files)).toEqual([]);
  });

  it('has no cycle of imports', () => {
    expect(checkCycles(files)).toEqual([]);
  });

  it('keeps files small and well named, re-exports nothing, reads no wall clock outside its adapter, and gives a reason for each suppression', () => {
    expect(checkHouseStyle(files)).toEqual([]);
  });

  it('lists every task in the catalog, under the id that is its file name', () => {
    expect(checkTasks(files)).toEqual([]);
  });

  it('holds nothing in the shape of a real secret in sources, fixtures, settings or documents', () => {
    const paths = ['config', 'docs', 'sandbox', 'shared', 'functions', 'host', 'test', 'bench', 'infra'].flatMap((folder) =>
      filesUnder(root, folder),
    );
    const texts = paths
      .filter((path) => /\.(ts|mjs|jsonl?|ya?ml|md|http)$/.test(path))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
    expect(texts.length).toBeGreaterThan(0);
    expect(checkSecrets(texts)).toEqual([]);
  });
});
