import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOwnRegistry } from '../../functions/compose/open-own-registry.ts';
import { readSettings } from '../../functions/settings/read-settings.ts';
import { ensureTls } from '../../sandbox/directory/tls/ensure-tls.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { systemClock } from '../../shared/connectors/clock/system-clock.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { postgresPrograms, run, startPostgres, type TestPostgres } from '../support/postgres.ts';

// What the endpoint of an App Service is asked: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
const proof = 'header-of-the-endpoint';
const clientId = '0f9f3a51-6f0e-4a7b-9a0d-1f1f5b1f7a11';
// Of a shorter life than five minutes the library keeps no token.
const [passing, lasting] = [200, 86_400];

describe.skipIf(postgresPrograms === undefined)('A registry that is signed in to with an Entra token', () => {
  let [folder, admin, otherCa] = ['', '', ''];
  let postgres: TestPostgres;
  let identity: Server;
  let environment: Readonly<Record<string, string>>;
  let asked: URL[] = [];
  let [lifeSeconds, status] = [passing, 200];
  let issued = 0;
  /** What the server demands from now on. */
  const demand = (token: string) => run(admin, `alter role work password '${token}'`);
  const next = (ahead = 1) => `token-${issued + ahead}-${'x'.repeat(1500)}`;
  const open = (differs: Readonly<Record<string, string>> = {}): Promise<Registry> =>
    openOwnRegistry(readSettings({ ...environment, ...differs }, (dir) => loadConfig(dir, catalog)).settings, systemClock);

  const giveToken: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    asked = [...asked, url];
    const isProven = request.headers['x-identity-header'] === proof;
    response.writeHead(isProven ? status : 401, { 'content-type': 'application/json' });
    if (!isProven || status !== 200) return response.end(JSON.stringify({ error: 'invalid_request', error_description: 'no identity' }));
    const access = { access_token: next(), token_type: 'Bearer', resource: url.searchParams.get('resource') };
    issued += 1;
    return response.end(JSON.stringify({ ...access, expires_on: String(Math.floor(Date.now() / 1000) + lifeSeconds) }));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-identity-'));
    const { certificate, key, caFile } = await ensureTls(folder);
    otherCa = (await ensureTls(join(folder, 'other'))).caFile;
    const port = await freePort();
    postgres = await startPostgres({ tls: { port, certificate, key } });
    admin = await postgres.database();
    await run(admin, 'create role work login');
    const name = new URL(await postgres.database('work')).pathname;
    identity = createServer(giveToken).listen(0, '127.0.0.1');
    await once(identity, 'listening');
    vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${(identity.address() as AddressInfo).port}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', proof);
    environment = settingsOf({ url: `postgresql://work@127.0.0.1:${port}${name}`, caFile, dataDir: join(folder, 'data') });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    identity.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    [asked, lifeSeconds, status] = [[], passing, 200];
  });

  it('gives the token of the chosen identity as its password, a new one with each connection', async () => {
    await demand(next());
    const registry = await open();
    expect(await registry.stores.people.count()).toBe(0);
    const first = asked.length;
    expect(asked.map(({ searchParams }) => [searchParams.get('resource'), searchParams.get('client_id')])).toEqual(
      asked.map(() => ['https://ossrdbms-aad.database.windows.net', clientId]),
    );
    await demand(next());
    await run(admin, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'work'");
    await vi.waitFor(async () => expect(await registry.stores.people.count()).toBe(0), { timeout: 20_000 });
    expect(asked.length).toBeGreaterThan(first);
    await registry.close();
  });

  it('says that it cannot be signed in to where the token is refused, in the words of the server and without the token', async () => {
    await demand('of somebody else');
    const refused = open();
    await expect(refused).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(refused).rejects.toThrow('The registry cannot be signed in to: password authentication failed for user "work"');
    await expect(refused).rejects.not.toThrow('token-');
  });

  it('says what to check where no token can be had', async () => {
    status = 400;
    await expect(open()).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(open()).rejects.toThrow('Check that the app has a managed identity');
  });

  it('asks for no token before the certificate of the server is verified', async () => {
    await expect(open({ GATEHOUSE_DATABASE_CA: otherCa })).rejects.toMatchObject({ code: 'store-unavailable' });
    const { GATEHOUSE_DATABASE_CA: _, ...withoutCa } = environment;
    await expect(openOwnRegistry(readSettings(withoutCa, (dir) => loadConfig(dir, catalog)).settings, systemClock)).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(asked).toEqual([]);
  });

  // The last one: the library keeps such a token for all that ask in this process.
  it('keeps a token that lasts, however many connections there are', async () => {
    lifeSeconds = lasting;
    await demand(next());
    const registry = await open();
    await Promise.all([1, 2, 3].map(() => registry.transaction((stores) => stores.people.count())));
    expect(asked).toHaveLength(1);
    await registry.close();
  });
});

function settingsOf({ url, caFile, dataDir }: { url: string; caFile: string; dataDir: string }): Readonly<Record<string, string>> {
  return {
    GATEHOUSE_ROLE: 'ingest',
    GATEHOUSE_DATA_DIR: dataDir,
    DATABASE_URL: url,
    GATEHOUSE_DATABASE_LOGIN: 'identity',
    GATEHOUSE_DATABASE_CA: caFile,
    GATEHOUSE_DATABASE_POOL: '3',
    AZURE_CLIENT_ID: clientId,
    GATEHOUSE_GRAPH_URL: 'https://graph.microsoft.com',
    GATEHOUSE_OCI_URL: 'https://idcs.example',
    GATEHOUSE_AD_URL: 'ldaps://dc1.example',
    GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace: 'contoso.servicebus.windows.net',
    GATEHOUSE_TENANT: 'contoso',
    GATEHOUSE_SECRET_SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
    GATEHOUSE_TOKEN_ISSUER: 'https://login.microsoftonline.com/contoso/v2.0',
    GATEHOUSE_SECRET_HR_GENERIC: 'signs',
    GATEHOUSE_SECRET_BAMBOO_WEBHOOK: 'signs too',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
