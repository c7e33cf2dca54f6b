import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-docs-'));
  execFileSync(process.execPath, ['scripts/docs.ts', '--to', folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('pages made from the sources', () => {
  it('are committed as npm run docs makes them', () => {
    const pages = readdirSync(folder);
    expect(pages).toEqual(['connectors.md', 'permissions.md', 'settings.md', 'tasks.md']);
    for (const page of pages) expect(readFileSync(join('docs', page), 'utf8'), page).toBe(readFileSync(join(folder, page), 'utf8'));
  });
});
