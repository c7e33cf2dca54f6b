import { posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rooms } from '../architecture/rooms.ts';
import type { Room } from '../architecture/rooms.ts';
import { lintPlanted } from './run-oxlint.ts';
import type { Finding } from './run-oxlint.ts';

const PACKAGES = [
  'zod',
  'temporal-polyfill',
  'yaml',
  'kysely',
  'pg',
  '@electric-sql/pglite',
  'ldapts',
  'hono/html',
  'commander',
  'durable-functions',
  'oci-identitydomains',
  'scimmy-routers',
  'node:fs/promises',
  'node:crypto',
];

type Line = { readonly text: string; readonly isAllowed: boolean };

// One file per room with one import a line, all linted in one run, so that the lint settings and the table of rooms cannot drift apart.
const checked = rooms.filter(({ imports, name }) => imports && name !== 'errors');
const planted = checked.map((room) => ({
  name: room.name,
  path: plantIn(room),
  lines: [...importsOfRooms(room), ...importsOfPackages(room)],
}));
const CONNECTORS = {
  'shared/connectors/oci/own.ts': ["'../http/send.ts'", "'./token.ts'", "'./users/list.ts'"],
  'shared/connectors/oci/other.ts': ["'../entra/send.ts'"],
  'shared/connectors/oci/users/own.ts': ["'../../http/send.ts'", "'../token.ts'", "'../../../ports/clock.ts'"],
  'shared/connectors/oci/users/other.ts': ["'../../entra/send.ts'"],
  'shared/gate/detour.ts': ["'../../shared/registry/a.ts'"],
};
let findings: readonly Finding[] = [];

beforeAll(async () => {
  const files = planted.map(({ path, lines }) => [path, lines.map(({ text }) => text).join('\n')]);
  const connectors = Object.entries(CONNECTORS).map(([path, specifiers]) => [
    path,
    specifiers.map((specifier) => `import ${specifier};`).join('\n'),
  ]);
  findings = (await lintPlanted(Object.fromEntries([...files, ...connectors]))).filter(({ rule }) => rule === 'no-restricted-imports');
}, 60_000);

describe('lint stops the imports that the table of rooms forbids, and no other:', () => {
  it.each(planted)('$name', ({ path, lines }) => {
    const stopped = new Set(findings.filter(({ file }) => file === path).map(({ line }) => line));
    const wrong = lines.filter(({ isAllowed }, index) => stopped.has(index + 1) === isAllowed);
    expect(wrong.map(({ text, isAllowed }) => `${isAllowed ? 'allowed but stopped' : 'forbidden but let through'}: ${text}`)).toEqual([]);
  });

  it('a connector, at any depth, imports itself and connectors/http but no other connector; a room is not entered by a detour', () => {
    const stopped = findings.filter(({ file }) => file in CONNECTORS).map(({ file }) => file);
    expect(stopped.toSorted()).toEqual(['shared/connectors/oci/other.ts', 'shared/connectors/oci/users/other.ts', 'shared/gate/detour.ts']);
  });
});

function importsOfRooms(room: Room): readonly Line[] {
  return rooms
    .filter(({ name }) => name !== room.name)
    .flatMap((other) => {
      const specifier = relativeSpecifier(plantIn(room), plantIn(other));
      const isAllowed = Boolean(room.imports?.includes(other.name));
      const value = { text: `import { a as ${other.name} } from '${specifier}';`, isAllowed };
      return [
        value,
        {
          text: `import type { A as ${other.name}Type } from '${specifier}';`,
          isAllowed: isAllowed || Boolean(room.types?.includes(other.name)),
        },
      ];
    });
}

function importsOfPackages({ packages, never }: Room): readonly Line[] {
  return PACKAGES.map((name) => {
    const isIn = (list: readonly string[]): boolean =>
      list.some((entry) => name === entry || name.startsWith(entry.endsWith(':') ? entry : `${entry}/`));
    return { text: `import '${name}';`, isAllowed: packages ? isIn(packages) : !isIn(never ?? []) };
  });
}

function plantIn({ name, path }: Room): string {
  if (path.endsWith('.ts')) return path;
  return `${path}${name === 'connectors' ? 'oci/' : ''}planted.ts`;
}

function relativeSpecifier(from: string, to: string): string {
  const specifier = posix.relative(posix.dirname(from), to);
  return specifier.startsWith('.') ? specifier : `./${specifier}`;
}
