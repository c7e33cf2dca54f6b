import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeScim } from '../../../functions/compose/compose-scim.ts';
import { createMemoryLedger } from '../../../shared/connectors/http/memory-ledger.ts';
import { ensureTls } from '../../../sandbox/directory/tls/ensure-tls.ts';
import { type OpenedWorld, openWorld } from '../../../sandbox/foundation/open-world.ts';
import { type RunningApp, startScim } from '../../../sandbox/scim/start-scim.ts';
import type { ScimAuth, ScimConfig } from '../../../shared/config/systems.ts';
import { required } from '../../contracts/expected.ts';

const token = 'sandbox-scim-token';
const somebody = 'c2000000-0000-4000-8000-000000010001';
const signal = (): AbortSignal => AbortSignal.timeout(20_000);
const stops: (() => Promise<void> | void)[] = [];
const secrets = new Map<string, string>();
let world: OpenedWorld;
let app: RunningApp;
let front: string;
let tokens: string;
let asked: { readonly form: URLSearchParams; readonly authorization: string | undefined }[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-scim-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  world = openWorld({ dataDir: folder });
  stops.push(() => world.close());
  app = await startScim(world, { port: 0 });
  stops.push(app.stop);
  const server = await ensureTls(folder);
  const client = await clientCertificate();
  secrets.set('certificate', client.certificate);
  secrets.set('key', client.key);
  secrets.set('authority', await readFile(server.caFile, 'utf8'));
  const { certificate: cert, key } = server;
  front = await listening(createHttpsServer({ cert, key, ca: client.certificate, requestCert: true }, passOn), 'https');
  tokens = await listening(createServer(giveToken), 'http');
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

async function listening(server: Server & { closeAllConnections(): void }, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `${scheme}://127.0.0.1:${port}`;
}

/** Stands before the application, lets in who shows the right certificate, and passes on what they ask. */
const passOn: RequestListener = (request, response) => {
  void text(request).then(async (body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json', ...versionOf(request) };
    const method = request.method ?? 'GET';
    const answer = await fetch(new URL(request.url ?? '', app.url), { method, headers, ...(body === '' ? {} : { body }) });
    send(response, answer.status, await answer.text());
  });
};

function versionOf(request: IncomingMessage): Record<string, string> {
  const version = request.headers['if-match'];
  return version === undefined ? {} : { 'if-match': version };
}

const giveToken: RequestListener = (request, response) => {
  void text(request).then((body) => {
    asked = [...asked, { form: new URLSearchParams(body), authorization: request.headers.authorization }];
    send(response, 200, JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 300 }));
  });
};

async function text(request: IncomingMessage): Promise<string> {
  let all = '';
  for await (const part of request) all += String(part);
  return all;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/scim+json' }).end(body);
}

async function clientCertificate(): Promise<{ readonly certificate: string; readonly key: string }> {
  const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=gatehouse', keys, signingAlgorithm });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate: made.toString('pem'), key };
}

function targetWith(url: string, auth: ScimAuth): ReturnType<typeof composeScim> {
  const target: ScimConfig = {
    id: 'scim:app',
    kind: 'scim',
    mode: 'enforce',
    name: 'The application',
    url: { setting: 'GATEHOUSE_SCIM_APP_URL', default: url },
    auth,
    profile: { like: 'rfc7644' },
    follows: null,
    manager: false,
    groupsBy: 'id',
    privilegedGroups: [],
    privilegedRoles: [],
    callsPerSecond: 100,
  };
  const config = { mappings: { 'scim:app': { target: 'scim:app', names: [], attributes: [] } }, access: { entitlements: {}, rules: [] } };
  const read = (name: string) => Promise.resolve(required(secrets.get(name)));
  return composeScim({ config, settings: { named: () => undefined }, secrets: { read }, quotas: createMemoryLedger() }, target);
}

describe('A target of kind scim', () => {
  it('signs in by a certificate of its own, and trusts the private authority that it is told of', async () => {
    const base = `${front}/scim/v2`;
    const target = targetWith(base, { kind: 'mtls', certificate: 'certificate', key: 'key', authority: 'authority' });
    expect(await required(target.reads.accounts).byId(somebody, signal())).toMatchObject({ id: somebody, enabled: true });
    expect(await required(target.reads.accounts).byId('nobody', signal())).toBeUndefined();
  });

  it('sends nothing to a server whose certificate it does not trust', async () => {
    const target = targetWith(`${front}/scim/v2`, { kind: 'mtls', certificate: 'certificate', key: 'key', authority: null });
    await expect(required(target.reads.accounts).byId(somebody, signal())).rejects.toMatchObject({ code: 'target-unreachable' });
  });

  it('is turned away by a server that does not know its certificate', async () => {
    const stranger = await clientCertificate();
    secrets.set('strange-certificate', stranger.certificate);
    secrets.set('strange-key', stranger.key);
    const auth = { kind: 'mtls', certificate: 'strange-certificate', key: 'strange-key', authority: 'authority' } as const;
    const target = targetWith(`${front}/scim/v2`, auth);
    await expect(required(target.reads.accounts).byId(somebody, signal())).rejects.toMatchObject({ code: 'target-unreachable' });
  });

  it('says in words that a certificate and a key do not belong together', async () => {
    const auth = { kind: 'mtls', certificate: 'certificate', key: 'strange-key', authority: 'authority' } as const;
    const target = targetWith(`${front}/scim/v2`, auth);
    await expect(required(target.reads.accounts).byId(somebody, signal())).rejects.toThrow(/client certificate cannot be used/);
  });

  it.each(['basic', 'body'] as const)('signs in by client credentials, the secret sent in the %s, for one token', async (sends) => {
    asked = [];
    secrets.set('client', 'client-secret');
    const tokenUrl = { setting: 'GATEHOUSE_SCIM_APP_TOKEN_URL', default: `${tokens}/token` };
    const auth = { kind: 'client-credentials', tokenUrl, clientId: 'gatehouse', secret: 'client', scope: '', sends } as const;
    const target = targetWith(app.url, auth);
    expect(await required(target.reads.accounts).byId(somebody, signal())).toMatchObject({ id: somebody });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.form.get('grant_type')).toBe('client_credentials');
    expect(asked[0]?.form.has('scope')).toBe(false);
    expect(asked[0]?.form.get('client_secret')).toBe(sends === 'body' ? 'client-secret' : null);
    expect(asked[0]?.authorization?.startsWith('Basic ') ?? false).toBe(sends === 'basic');
  });
});
