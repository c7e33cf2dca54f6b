import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const settings = z.object({ overrides: z.array(z.object({ files: z.array(z.string()), rules: z.record(z.string(), z.unknown()) })) });
const restrictions = z.tuple([z.literal('error')]).rest(z.object({ object: z.string().optional(), property: z.string() }));
const table = /### Traps[\s\S]*?(?=\n#{2,3} )/.exec(readFileSync('docs/host.md', 'utf8'))?.[0] ?? '';

it('The traps in docs/host.md are those that a test shows and that lint keeps our orchestrators out of', () => {
  const shown = [...readFileSync('test/host/traps.test.ts', 'utf8').matchAll(/^ {2}it\('(\d)\. /gm)].map(([, number]) => number);
  expect([...table.matchAll(/^\| (\d) \|/gm)].map(([, number]) => number)).toEqual([...new Set(shown)]);
  const { overrides } = settings.parse(JSON.parse(readFileSync('.oxlintrc.json', 'utf8')));
  const rules = overrides.find(({ files }) => files.includes('orchestrations/**'))?.rules['no-restricted-properties'];
  const [, ...forbidden] = restrictions.parse(rules);
  const properties = forbidden.filter(({ object }) => object === undefined).map(({ property }) => property);
  expect(properties.filter((property) => !table.includes(`\`${property}\``))).toEqual([]);
  expect(properties).toContain('waitForExternalEvent');
});
