import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/settings.md', 'utf8');
const described = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
const named = /\b(?:GATEHOUSE_\w*[A-Za-z]|DATABASE_URL|WEBSITE_TIME_ZONE|PORT)\b/g;

function sourcesUnder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|yaml)$/.test(file));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** The settings of the secrets that the shipped configuration names. */
function secretSettings(): readonly string[] {
  const configuration = ['config/sources.yaml', 'config/targets.yaml'].map((file) => readFileSync(file, 'utf8')).join('\n');
  const names = [...configuration.matchAll(/\bsecret: ([a-z-]+)/g)].map(([, name = '']) => name);
  return [...new Set(names)].map((name) => `GATEHOUSE_SECRET_${name.toUpperCase().replaceAll('-', '_')}`);
}

describe('docs/settings.md', () => {
  it('lists every setting that the product reads', () => {
    const read = new Set(readFileSync('functions/compose/settings.ts', 'utf8').match(named));
    expect(read.size).toBeGreaterThan(12);
    expect([...read].filter((name) => !described.includes(name))).toEqual([]);
  });

  it('lists the setting of every secret that the configuration names, and of no other', () => {
    expect(described.filter((name) => name.startsWith('GATEHOUSE_SECRET_')).toSorted()).toEqual(secretSettings().toSorted());
  });

  it('lists no setting that nothing reads', () => {
    const sources = ['functions', 'host', 'sandbox', 'cli', 'config', 'shared'].map(sourcesUnder).join('\n');
    const known = new Set([...(sources.match(named) ?? []), ...secretSettings()]);
    expect(described.filter((name) => !known.has(name))).toEqual([]);
  });
});
