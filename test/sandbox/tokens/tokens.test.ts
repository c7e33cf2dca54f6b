import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { authenticateClient } from '../../../sandbox/tokens/clients.ts';
import { issueApiToken, issueGraphToken } from '../../../sandbox/tokens/issue-token.ts';
import { jwks } from '../../../sandbox/tokens/jwks.ts';
import { verifyGraphToken } from '../../../sandbox/tokens/verify-graph-token.ts';

const graphClient = '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60';
let dataDir: string;
let world: OpenedWorld;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-tokens-'));
  world = openWorld({ dataDir });
});

afterEach(() => {
  world.close();
  rmSync(dataDir, { recursive: true });
});

async function claimsOf(client: 'operator' | 'reader' | 'admin') {
  const { token } = await issueApiToken(world, client);
  const checked = await jwtVerify(token, createLocalJWKSet(await jwks(world)), {
    issuer: 'http://127.0.0.1:7073/8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4/v2.0',
    audience: 'api://gatehouse',
  });
  return checked.payload;
}

describe('the tenant as token issuer', () => {
  it('issues tokens that the published keys prove, with the roles of the client', async () => {
    expect((await claimsOf('reader'))['roles']).toEqual(['reader']);
    expect((await claimsOf('operator'))['roles']).toEqual(['reader', 'operator']);
    expect((await claimsOf('admin'))['roles']).toHaveLength(5);
  });

  it('gives the operator a day and everybody else an hour, in wall time whatever the time in the world', async () => {
    world.clock.setOffset(400 * 86_400_000);
    const operator = await claimsOf('operator');
    const reader = await claimsOf('reader');
    expect(Number(operator.exp) - Number(operator.iat)).toBe(86_400);
    expect(Number(reader.exp) - Number(reader.iat)).toBe(3600);
    expect(Math.abs(Number(reader.iat) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('takes a Graph token at Graph and refuses an API token and a forged one', async () => {
    const graph = await issueGraphToken(world);
    const api = await issueApiToken(world, 'admin');
    expect(await verifyGraphToken(world, graph.token)).toBe(graphClient);
    expect(await verifyGraphToken(world, api.token)).toBeUndefined();
    expect(await verifyGraphToken(world, `${graph.token.slice(0, -8)}AAAAAAAA`)).toBeUndefined();
    expect(await verifyGraphToken(world, 'nonsense')).toBeUndefined();
  });

  it('keeps its key over a restart, in a file that only its owner can read', async () => {
    const before = decodeProtectedHeader((await issueGraphToken(world)).token).kid;
    expect(statSync(join(dataDir, 'signing-key.pem')).mode & 0o777).toBe(0o600);
    world.close();
    world = openWorld({ dataDir });
    expect(decodeProtectedHeader((await issueGraphToken(world)).token).kid).toBe(before);
  });

  it('knows its clients by their secrets', () => {
    expect(authenticateClient(graphClient, 'sandbox-graph-secret')).toEqual({ is: 'graph', id: graphClient });
    expect(authenticateClient('operator', 'sandbox-operator-secret')).toEqual({ is: 'api', client: 'operator' });
    expect(authenticateClient('operator', 'sandbox-reader-secret')).toBeUndefined();
    expect(authenticateClient('toString', 'sandbox-toString-secret')).toBeUndefined();
  });
});
