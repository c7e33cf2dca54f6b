import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';
import { problemIn } from './problem.ts';

const guarded = ['/api/runs', '/api/runs/some-run', '/api/people/10001', '/api/events', '/api/holds', '/api/audit'] as const;
const pages = ['/console/runs', '/console/runs/some-run', '/console/people/10001', '/console/holds', '/passes/some-pass'] as const;
const tokenAnswer = z.object({ access_token: z.string() });

type Claims = { readonly [name: string]: unknown };

/** Who may call: everybody with a good token and a role that is enough. */
export function tokensAreAsked(stage: () => Gatehouse): void {
  const ask = (path: string, authorization?: string): Promise<Response> =>
    stage().request(path, authorization === undefined ? {} : { headers: { Authorization: authorization } });
  const refused = async (token: string): Promise<void> => {
    for (const path of guarded) {
      const response = await ask(path, `Bearer ${token}`);
      expect([path, response.status, response.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer']);
      expect((await problemIn(response)).code).toBe('unauthenticated');
    }
    for (const path of pages) expect([path, (await ask(path, `Bearer ${token}`)).status]).toEqual([path, 303]);
  };
  /** A token by the tenant's own key, good but for what is changed. */
  const crafted = async (changes: Claims, key?: KeyObject): Promise<string> => {
    const own = createPrivateKey(readFileSync(join(stage().folder, 'world', 'signing-key.pem')));
    const { kty, n, e } = await exportJWK(own);
    const kid = await calculateJwkThumbprint({ kty: kty ?? '', n: n ?? '', e: e ?? '' });
    const { GATEHOUSE_TENANT: tenant = '', GATEHOUSE_GRAPH_URL: graph = '' } = stage().world.settings;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: `${graph}/${tenant}/v2.0`,
      aud: 'api://gatehouse',
      sub: 'crafted',
      tid: tenant,
      roles: ['admin'],
      iat: now,
      exp: now + 600,
      ...changes,
    };
    const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
    return new SignJWT(kept).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key ?? own);
  };

  describe('A token', () => {
    it('is needed on every route but the webhook, health and the sign-in page', async () => {
      for (const path of guarded) {
        const response = await ask(path);
        expect(response.headers.get('www-authenticate'), path).toBe('Bearer');
        expect((await problemIn(response)).code, path).toBe('unauthenticated');
      }
      for (const path of pages)
        expect([path, (await ask(path)).headers.get('location')]).toEqual([path, `/console/sign-in?returnTo=${encodeURIComponent(path)}`]);
      expect((await ask('/api/health')).status).toBe(200);
      expect((await ask('/console/sign-in')).status).toBe(200);
    });

    it('that is good opens them', async () => {
      const token = await crafted({});
      for (const path of ['/api/runs', '/api/people/10001', '/api/events', '/api/holds', '/api/audit'])
        expect([path, (await ask(path, `Bearer ${token}`)).status]).toEqual([path, 200]);
    });

    it('is refused where it is no token at all', async () => {
      for (const text of [
        'x',
        'a.b.c',
        '%00',
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"roles":["admin"]}').toString('base64url')}.`,
      ])
        await refused(text);
      expect((await ask('/api/runs', 'Basic b3BlcmF0b3I6eA==')).status).toBe(401);
      expect((await ask('/api/runs', await stage().token({ client: 'admin' }))).status).toBe(401);
    });

    it('is refused where it has expired, is for later, or never ends', async () => {
      const now = Math.floor(Date.now() / 1000);
      const expired = await crafted({ exp: now - 1 });
      await refused(expired);
      expect((await problemIn(await ask('/api/runs', `Bearer ${expired}`))).detail).toContain('expired');
      await refused(await crafted({ nbf: now + 600 }));
      await refused(await crafted({ exp: undefined }));
    });

    it('is refused where it was made for another audience, as one for Graph is', async () => {
      const { GATEHOUSE_TENANT: tenant = '', GATEHOUSE_GRAPH_URL: graph = '' } = stage().world.settings;
      const form = {
        grant_type: 'client_credentials',
        client_id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
        client_secret: 'sandbox-graph-secret',
        scope: 'https://graph.microsoft.com/.default',
      };
      const answer = await fetch(`${graph}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
      await refused(tokenAnswer.parse(await answer.json()).access_token);
    });

    it('is refused where another tenant, another issuer or another key made it', async () => {
      await refused(await crafted({ tid: '11111111-2222-4333-8444-555555555555' }));
      await refused(await crafted({ tid: undefined }));
      await refused(await crafted({ iss: 'https://login.microsoftonline.com/common/v2.0' }));
      await refused(await crafted({}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
    });

    it('whose payload was changed after signing is refused', async () => {
      const [header = '', payload = '', signature = ''] = (await crafted({ roles: [] })).split('.');
      const claims: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      await refused([header, Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url'), signature].join('.'));
    });

    it('without a role that is enough is answered 403, which names the role', async () => {
      const user = await stage().token({ user: 'margarida.vasconcelos@contoso.example' });
      for (const path of guarded) {
        const response = await ask(path, `Bearer ${user}`);
        expect([path, response.status]).toEqual([path, 403]);
        const { code, detail } = await problemIn(response);
        expect([code, detail]).toEqual(['forbidden', expect.stringContaining('“reader”')]);
      }
      for (const path of pages.slice(0, 4)) expect([path, (await ask(path, `Bearer ${user}`)).status]).toEqual([path, 403]);
    });

    it('of any role may read', async () => {
      for (const client of ['reader', 'operator', 'approver', 'config', 'admin'])
        expect([client, (await ask('/api/runs', `Bearer ${await stage().token({ client })}`)).status]).toEqual([client, 200]);
    });

    it('of ours does not open the host’s own API, which has a key', async () => {
      const token = await stage().token({ client: 'admin' });
      for (const path of ['/admin/functions', '/admin/host/status', '/runtime/webhooks/durabletask/instances'])
        expect([path, (await ask(path, `Bearer ${token}`)).status]).toEqual([path, 401]);
    });
  });

  describe('A method or path that no route has', () => {
    it('is not found', async () => {
      const token = await stage().token({ client: 'admin' });
      for (const [method, path] of [
        ['DELETE', '/api/runs'],
        ['POST', '/api/people/10001'],
        ['GET', '/api/hr/generic'],
        ['GET', '/api'],
        ['GET', '/api/nothing'],
      ]) {
        expect([
          method,
          path,
          (await stage().request(path ?? '', { method: method ?? '', headers: { Authorization: `Bearer ${token}` } })).status,
        ]).toEqual([method, path, 404]);
      }
    });
  });
}
