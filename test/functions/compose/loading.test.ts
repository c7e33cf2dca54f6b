import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nowhere } from '../../support/app-in-host.ts';

const checkout = resolve(import.meta.dirname, '../../..');
const stages = z.record(z.string(), z.array(z.string()));

const queue = 'Endpoint=sb://127.0.0.1:9;SharedAccessKeyName=a;SharedAccessKey=b';
const made = {
  GATEHOUSE_SERVICEBUS: queue,
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/gatehouse',
};

/** Packages that are slow to load, or that only some installations need. */
const onDemand = [
  'ldapts',
  '@microsoft/microsoft-graph-client',
  '@azure/identity',
  '@azure/service-bus',
  '@electric-sql/pglite',
  'liquidjs',
];

describe('what a process loads', () => {
  let loaded: z.infer<typeof stages>;

  beforeAll(async () => {
    const recorder = pathToFileURL(join(checkout, 'test/support/recorded-loads.mjs')).href;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--import', recorder, join(import.meta.dirname, 'load-parts.ts')],
      { cwd: checkout, env: { PATH: process.env['PATH'], ...nowhere, ...made } },
    );
    loaded = stages.parse(JSON.parse(stdout));
  });

  it('is no connector to a system, no embedded database, no sign-in to Azure, no client of Service Bus and no mail template before the configuration asks for it', () => {
    const product = loaded['the product'] ?? [];
    expect(product).toEqual(expect.arrayContaining(['zod', 'kysely', 'pg', 'jose']));
    expect(product.filter((name) => onDemand.includes(name))).toEqual([]);
    expect(product.filter((name) => /^connectors\/(ad|entra|oci|scim|mail|hr|bamboohr)$/.test(name))).toEqual([]);
  });

  it.each([
    ['hr', ['connectors/hr']],
    ['oci', ['connectors/keys', 'connectors/oci']],
    ['entra and mail', ['@microsoft/microsoft-graph-client', 'connectors/entra', 'connectors/mail']],
    ['ad', ['connectors/ad', 'ldapts']],
    ['csv', []],
    ['bamboohr', ['connectors/bamboohr']],
  ])('for %s is what that speaks by, and nothing of the others', (kind, expected) => {
    const own = (loaded[kind] ?? []).filter((name) => onDemand.includes(name) || /^connectors\/(?!http$|secrets$)/.test(name));
    expect(own).toEqual(expected);
  });
});
