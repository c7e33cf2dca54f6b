import { describe, expect, it } from 'vitest';
import { checkCycles } from './check-cycles.ts';
import { checkHouseStyle } from './check-house-style.ts';
import { checkImports } from './check-imports.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkTasks } from './check-tasks.ts';
import { parseSourceFile } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

describe('an import in the wrong direction is found:', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['the domain imports a port', 'shared/domain/a.ts', `import { clock } from '../ports/clock.ts';`],
    ['the domain imports a built-in module', 'shared/domain/a.ts', `import fs from 'node:fs/promises';`],
    ['errors import the domain', 'shared/errors.ts', `import { a } from './domain/a.ts';`],
    ['a task imports a writer', 'shared/tasks/a.ts', `import type { W } from '../ports/writers/writers.ts';`],
    ['a task imports a port other than a reader', 'shared/tasks/a.ts', `import type { S } from '../ports/secrets.ts';`],
    ['an operation imports a writer', 'shared/operations/a.ts', `import type { W } from '../ports/writers/writers.ts';`],
    ['an operation imports the registry', 'shared/operations/a.ts', `import { a } from '../registry/a.ts';`],
    ['the gate imports a connector', 'shared/gate/a.ts', `import { a } from '../connectors/oci/a.ts';`],
    ['a connector imports another connector', 'shared/connectors/oci/a.ts', `import { a } from '../entra/a.ts';`],
    ['a connector imports the database', 'shared/connectors/oci/a.ts', `import pg from 'pg';`],
    ['a room other than config reads YAML', 'shared/workflows/a.ts', `import { parse } from 'yaml';`],
    ['an orchestrator imports the value of an operation', 'orchestrations/a.ts', `import { a } from '../shared/operations/a.ts';`],
    ['an orchestrator imports a connector', 'orchestrations/a.ts', `import type { A } from '../shared/connectors/oci/a.ts';`],
    ['an orchestrator imports durable-functions past the façade', 'orchestrations/a.ts', `import df from 'durable-functions';`],
    [
      'a connector imports what is for tests alone',
      'shared/connectors/oci/a.ts',
      `import { IdentityDomainsClient } from 'oci-identitydomains';`,
    ],
    ['the host imports the product', 'host/a.ts', `import { a } from '../functions/main.ts';`],
    ['the host imports the product when it runs', 'host/a.ts', `export const a = () => import('../functions/main.ts');`],
    ['the sandbox imports the product', 'sandbox/oci/a.ts', `import { a } from '../../shared/domain/a.ts';`],
    ['the sandbox speaks through the product’s LDAP client', 'sandbox/directory/a.ts', `import { Client } from 'ldapts';`],
    ['the command line imports the product', 'cli/a.ts', `import type { A } from '../shared/domain/a.ts';`],
    ['the console imports an operation', 'console/a.ts', `import type { A } from '../shared/operations/a.ts';`],
    ['the product imports a test', 'functions/a.ts', `import { a } from '../test/a.ts';`],
    ['a file is in no room', 'shared/stuff/a.ts', ''],
    ['a file imports from no room', 'shared/gate/a.ts', `import { a } from '../stuff/a.ts';`],
    ['a re-export goes the wrong way', 'shared/domain/a.ts', `export { a } from '../gate/a.ts';`],
    ['a type written in place goes the wrong way', 'shared/domain/a.ts', `export type A = import('../gate/a.ts').A;`],
  ];

  it.each(cases)('%s', (_, path, text) => {
    expect(checkImports([parseSourceFile(path, text)])).toHaveLength(1);
  });

  it('while every import that the table allows passes', () => {
    const allowed: readonly (readonly [string, string])[] = [
      ['shared/domain/a.ts', `import { z } from 'zod'; import { b } from './b.ts'; import type { E } from '../errors.ts';`],
      ['shared/tasks/a.ts', `import type { R } from '../ports/readers/accounts.ts'; import { m } from '../mapping/m.ts';`],
      ['shared/gate/a.ts', `import type { W } from '../ports/writers/writers.ts'; import { createHash } from 'node:crypto';`],
      [
        'shared/connectors/oci/users/a.ts',
        `import { a } from '../token.ts'; import { b } from '../../http/b.ts'; import net from 'node:net';`,
      ],
      ['shared/registry/a.ts', `import { Kysely } from 'kysely'; import { PGlite } from '@electric-sql/pglite/worker';`],
      ['orchestrations/a.ts', `import type { A } from '../shared/operations/a.ts'; import { call } from './durable.ts';`],
      ['orchestrations/durable.ts', `import * as df from 'durable-functions';`],
      ['functions/main.ts', `import { a } from '../shared/registry/a.ts'; import { p } from '../console/p.ts'; import '@azure/functions';`],
      ['test/a.test.ts', `import { a } from '../shared/gate/a.ts';`],
    ];
    expect(checkImports(allowed.map(([path, text]) => parseSourceFile(path, text)))).toEqual([]);
  });
});

describe('a cycle of imports is found', () => {
  const graph = (edges: Readonly<Record<string, string>>): readonly SourceFile[] =>
    Object.entries(edges).map(([name, to]) => parseSourceFile(`shared/domain/${name}.ts`, `import type { A } from './${to}.ts';`));

  it('however long it is, and told once', () => {
    expect(checkCycles(graph({ a: 'b', b: 'c', c: 'a' }))).toEqual([
      'shared/domain/a.ts -> shared/domain/b.ts -> shared/domain/c.ts -> shared/domain/a.ts',
    ]);
  });

  it('and a diamond is none', () => {
    const top = parseSourceFile('shared/domain/top.ts', `import './a.ts'; import './b.ts';`);
    expect(checkCycles([top, ...graph({ a: 'end', b: 'end' })])).toEqual([]);
  });
});

describe('a breach of the house style is found:', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a file of 301 lines', 'shared/domain/a.ts', `${'\n'.repeat(300)}export const a = 1;`],
    ['a file of things that have nothing in common', 'shared/domain/utils.ts', ''],
    ['a folder of things that have nothing in common', 'shared/helpers/a.ts', ''],
    ['a name in camel case', 'shared/domain/someThing.ts', ''],
    ['a re-export', 'shared/domain/a.ts', `export { b } from './b.ts';`],
    ['Date.now() in the product', 'shared/gate/a.ts', 'export const a = Date.now();'],
    ['new Date() in a function', 'functions/a.ts', 'export const a = new Date();'],
    ['Temporal.Now in the product', 'shared/domain/a.ts', `export const a = Temporal.Now.instant();`],
    ['a suppression without a reason', 'shared/domain/a.ts', '// oxlint-disable-next-line complexity\n'],
  ];

  it.each(cases)('%s', (_, path, text) => {
    expect(checkHouseStyle([parseSourceFile(path, text)])).toHaveLength(1);
  });

  it('while the clock adapter may read the clock, the simulated world too, and a suppression may have a reason', () => {
    const allowed = [
      parseSourceFile('shared/connectors/clock/system-clock.ts', 'export const a = Date.now();'),
      parseSourceFile('sandbox/foundation/world-clock.ts', 'export const a = new Date();'),
      parseSourceFile(
        'shared/gate/a.ts',
        'export const a = new Date(0); // oxlint-disable-line no-restricted-globals -- the driver takes no other type',
      ),
    ];
    expect(checkHouseStyle(allowed)).toEqual([]);
  });
});

describe('a task', () => {
  const catalog = parseSourceFile('shared/tasks/catalog.ts', `import { disableAccount } from './disable-account.ts';`);
  const task = (file: string, id: string): SourceFile =>
    parseSourceFile(`shared/tasks/${file}.ts`, `export const task: Task<Input> = { id: '${id}', plan() {} };`);

  it('that the catalog lists under its file name passes', () => {
    expect(checkTasks([catalog, task('disable-account', 'disable-account')])).toEqual([]);
  });

  it('that the catalog forgets is found', () => {
    expect(checkTasks([catalog, task('enable-account', 'enable-account')])).toEqual([
      'shared/tasks/enable-account.ts is not listed in shared/tasks/catalog.ts.',
    ]);
  });

  it('whose id is not its file name is found', () => {
    expect(checkTasks([catalog, task('disable-account', 'disable')])).toHaveLength(1);
  });
});

describe('what looks like a secret is found:', () => {
  const letters = 'Ab1'.repeat(20);
  it.each([
    ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----\n${letters}`],
    ['a signed token', ['eyJ', letters, '.eyJ', letters, '.', letters].join('')],
    ['an Entra client secret', `abc8Q${'~'}${letters.slice(0, 34)}`],
    ['a storage or Service Bus key', `Account${'Key'}=${letters}==`],
  ])('%s', (name, text) => {
    expect(checkSecrets([{ path: 'test/fixture.json', text }])).toEqual([`test/fixture.json holds what looks like ${name}.`]);
  });

  it('while the sandbox’s own words pass', () => {
    expect(checkSecrets([{ path: 'docs/sandbox.md', text: 'secret `sandbox-graph-secret`, SharedAccessKey=SAS_KEY_VALUE' }])).toEqual([]);
  });
});
