import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../../scripts/package/build-app.ts';
import { zipFolder } from '../../../scripts/package/zip-folder.ts';
import { nowhere, startAppInHost } from '../../support/app-in-host.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../../support/postgres.ts';

const checkout = resolve(import.meta.dirname, '../../..');
const listed = z.array(z.object({ name: z.string() }));
const health = z.object({ dependencies: z.array(z.object({ name: z.string(), state: z.string() })) });

describe('the package that is deployed', () => {
  let parent: string;
  let folder: string;
  let sources: readonly string[];
  let zip: Uint8Array;
  let files: Readonly<Record<string, Uint8Array>>;

  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'gatehouse-package-'));
    folder = join(parent, 'app');
    sources = await buildApp(folder);
    zip = zipFolder(folder);
    files = unzipSync(zip);
  });
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('has at most 15 MB, and the host file and the entry at its root, where Azure looks for them', () => {
    expect(zip.byteLength).toBeLessThan(15_000_000);
    const manifest = z.object({ main: z.string(), type: z.literal('module') }).parse(JSON.parse(text('package.json')));
    expect(files[manifest.main]).toBeDefined();
    expect(JSON.parse(text('host.json'))).toMatchObject({ version: '2.0' });
  });

  it('asks for nothing to be installed, and holds nothing that is compiled for one machine', () => {
    expect(Object.keys(JSON.parse(text('package.json')))).not.toContain('dependencies');
    expect(Object.keys(files).filter((name) => /\.(node|wasm|so|dll|dylib|exe)$/.test(name))).toEqual([]);
  });

  it('holds code, configuration and licences, and none of what is for one machine or for tests', () => {
    const kinds =
      /^(main\.js|chunks\/[\w.-]+\.js|config\/[\w/-]+\.(yaml|liquid)|(host|servicebus|package)\.json|LICENSE|THIRD-PARTY-LICENCES\.txt)$/;
    expect(Object.keys(files).filter((name) => !kinds.test(name))).toEqual([]);
    expect(sources.filter((source) => !/^(functions|orchestrations|shared|console|node_modules|\0)/.test(source))).toEqual([]);
    expect(
      sources.filter((source) => /pglite|open-embedded|vitest|fast-check|node_modules\/(commander|table|croner)\//.test(source)),
    ).toEqual([]);
    expect(sources.filter((source) => source.startsWith('functions/')).length).toBeGreaterThan(20);
  });

  it('holds every file of the configuration, with the templates of mails, as it stands in the checkout', () => {
    const names = globSync('config/**/*.{yaml,liquid}', { cwd: checkout });
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) expect(text(name.replaceAll('\\', '/'))).toBe(readFileSync(join(checkout, name), 'utf8'));
  });

  it('holds no secret, no setting and no path of the machine that it was made on', () => {
    const all = Object.values(files).map((bytes) => strFromU8(bytes));
    for (const word of [/sandbox-[a-z]+-(secret|key|api-key)/, /BEGIN (RSA |EC )?PRIVATE KEY-----\n[A-Za-z0-9+/]/, new RegExp(checkout)])
      expect(all.filter((content) => word.test(content)).length).toBe(0);
  });

  it('is the same bytes when it is made again from the same sources', async () => {
    const again = join(parent, 'again');
    await buildApp(again);
    expect(digest(zipFolder(again))).toBe(digest(zip));
  });

  it('brings the licences of the packages that went into it', () => {
    for (const name of ['@azure/functions', 'durable-functions', 'zod', 'pg', 'kysely', 'ldapts'])
      expect(text('THIRD-PARTY-LICENCES.txt')).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: `, 'm'));
  });

  it('says what is missing where it is started without a PostgreSQL', async () => {
    const words = /DATABASE_URL is missing, and the embedded database \(PGlite\) is not installed here/;
    await expect(functionsOf(join(folder, 'main.js'), {})).rejects.toThrow(words);
  });

  describe.skipIf(postgresPrograms === undefined)('on a PostgreSQL', () => {
    let postgres: TestPostgres;
    let url: string;
    let database: string;
    let app: ReturnType<typeof startAppInHost>;

    beforeAll(async () => {
      postgres = await startPostgres();
      database = await postgres.database();
      app = startAppInHost({ folder, dataFolder: join(parent, 'data'), settings: { DATABASE_URL: database } });
      url = await app.address();
    });
    afterAll(async () => {
      await app?.process.end('SIGKILL');
      await postgres?.stop();
    });

    it('starts in a host by its configuration and its database, and says how all stands', async () => {
      const response = await fetch(`${url}/api/health`);
      expect(response.status).toBe(200);
      const { dependencies } = health.parse(await response.json());
      expect(dependencies.find(({ name }) => name === 'registry')?.state).toBe('up');
      expect(dependencies.map(({ name }) => name)).toEqual(expect.arrayContaining(['entra:contoso', 'ad:contoso']));
    });

    it('registers every function that the sources do', async () => {
      const key = readFileSync(join(app.dataFolder, 'master-key'), 'utf8').trim();
      const answer: unknown = await (await fetch(`${url}/admin/functions`, { headers: { 'x-functions-key': key } })).json();
      const names = listed.parse(answer).map(({ name }) => name);
      expect(names.toSorted()).toEqual(await functionsOf(join(checkout, 'functions/main.ts'), { DATABASE_URL: database }));
    });
  });

  function text(name: string): string {
    const bytes = files[name];
    if (bytes === undefined) throw new Error(`The package has no ${name}.`);
    return strFromU8(bytes);
  }
});

/** The functions that an entry file registers, in a process of its own that starts none of them. */
async function functionsOf(entry: string, settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sources-'));
  const queue = { GATEHOUSE_SERVICEBUS: 'Endpoint=sb://127.0.0.1:9;SharedAccessKeyName=a;SharedAccessKey=b' };
  const env = { PATH: process.env['PATH'], ...nowhere, ...queue, GATEHOUSE_DATA_DIR: folder, ...settings };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'list-functions.ts'), entry], {
      cwd: checkout,
      env,
    });
    return z.array(z.string()).parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
