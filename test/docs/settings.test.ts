import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherSettings } from '../../functions/settings/other-settings.ts';
import { settingsSchema } from '../../functions/settings/settings-schema.ts';

const page = readFileSync('docs/settings.md', 'utf8');
const described = new Set([...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []));
const named = /\b(?:GATEHOUSE_\w*[A-Za-z]|DATABASE_URL|WEBSITE_TIME_ZONE|PORT)\b/g;

type File = { readonly path: string; readonly text: string };

function filesUnder(...folders: readonly string[]): readonly File[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ path: join(folder, file), text: readFileSync(join(folder, file), 'utf8') })),
  );
}

/** The settings of the secrets that the shipped configuration names, read without the code that is tested. */
function secretSettings(): readonly string[] {
  const configuration = ['config/sources.yaml', 'config/targets.yaml'].map((file) => readFileSync(file, 'utf8')).join('\n');
  const names = [...configuration.matchAll(/\bsecret: ([a-z-]+)/g)].map(([, name = '']) => name);
  return [...new Set(names)].map((name) => `GATEHOUSE_SECRET_${name.toUpperCase().replaceAll('-', '_')}`);
}

describe('docs/settings.md', () => {
  it('lists every setting that the product, the host, the sandbox or the command line reads', () => {
    const read = new Set(filesUnder('host', 'sandbox', 'cli').flatMap(({ text }) => text.match(named) ?? []));
    expect(read.size).toBeGreaterThan(12);
    // The sandbox tells what addresses of this kind begin with.
    read.delete('GATEHOUSE_SCIM');
    expect([...read, ...Object.keys(settingsSchema.shape)].filter((name) => !described.has(name))).toEqual([]);
  });

  it('lists the setting of every secret that the configuration names, besides the key that passes are sealed with, and of no other', () => {
    expect([...described].filter((name) => name.startsWith('GATEHOUSE_SECRET_')).toSorted()).toEqual(
      ['GATEHOUSE_SECRET_SEALING_KEY', ...secretSettings()].toSorted(),
    );
  });

  it('lists no setting of a neighbour that no neighbour reads', () => {
    const read = filesUnder('host', 'sandbox', 'cli', 'scripts/smoke').map(({ text }) => text);
    expect(otherSettings.flatMap(({ names }) => names).filter((name) => !read.some((text) => text.includes(name)))).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read by the product in one place, where the schema is', () => {
    const readers = filesUnder('functions', 'shared', 'orchestrations').filter(({ text }) =>
      /\bprocess\s*(\.\s*env|\[)|from ['"](node:)?process['"]/.test(text),
    );
    expect(readers.map(({ path }) => path)).toEqual(['functions/main.ts']);
    expect(readers.map(({ text }) => text.match(/process\.env/g)?.length)).toEqual([1]);
  });
});
