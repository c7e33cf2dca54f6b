import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { tenantForFile } from './tenant-for-file.ts';

const tenant = tenantForFile();
const tenantId = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';
const clientId = '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60';
const form = {
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: 'sandbox-graph-secret',
  scope: 'https://graph.microsoft.com/.default',
};

function requestToken(
  values: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
  name: string = tenantId,
): Promise<Response> {
  return fetch(`${tenant.url()}/${name}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(values), headers });
}

test('a client with its secret in the body gets a token that Graph accepts', async () => {
  const { access_token, token_type } = (await (await requestToken(form)).json()) as Record<string, string>;
  expect(token_type).toBe('Bearer');
  const answer = await fetch(`${tenant.url()}/v1.0/organization`, { headers: { Authorization: `Bearer ${access_token ?? ''}` } });
  expect(answer.status).toBe(200);
});

test('a client may send its secret as HTTP Basic', async () => {
  const { client_id: _id, client_secret: _secret, ...rest } = form;
  const answer = await requestToken(rest, { Authorization: `Basic ${Buffer.from(`${clientId}:sandbox-graph-secret`).toString('base64')}` });
  expect(answer.status).toBe(200);
});

test('a wrong secret is refused with AADSTS7000215', async () => {
  const answer = await requestToken({ ...form, client_secret: 'wrong' });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({
    error: 'invalid_client',
    error_codes: [7000215],
    error_description: expect.stringContaining('AADSTS7000215'),
  });
});

test('an unknown client, tenant, scope and grant each have their own error', async () => {
  const codes = await Promise.all(
    [
      requestToken({ ...form, client_id: 'nobody' }),
      requestToken(form, {}, 'nowhere'),
      requestToken({ ...form, scope: 'x' }),
      requestToken({ ...form, grant_type: 'password' }),
    ].map(async (answer) => ((await (await answer).json()) as { error_codes: number[] }).error_codes[0]),
  );
  expect(codes).toEqual([700016, 90002, 70011, 70003]);
});

test("a token for Gatehouse's own API verifies against the published keys and carries the roles", async () => {
  const answer = await requestToken({
    ...form,
    client_id: 'operator',
    client_secret: 'sandbox-operator-secret',
    scope: 'api://gatehouse/.default',
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const configuration = (await (await fetch(`${tenant.url()}/${tenantId}/v2.0/.well-known/openid-configuration`)).json()) as {
    jwks_uri: string;
    issuer: string;
  };
  const { payload } = await jwtVerify(access_token, createRemoteJWKSet(new URL(configuration.jwks_uri)), {
    issuer: configuration.issuer,
    audience: 'api://gatehouse',
  });
  expect(payload['roles']).toEqual(['reader', 'operator']);
});

test('a call without a token, with a made-up one, or with one for another audience is answered 401', async () => {
  const other = (await (
    await requestToken({ ...form, client_id: 'operator', client_secret: 'sandbox-operator-secret', scope: 'api://gatehouse/.default' })
  ).json()) as { access_token: string };
  for (const headers of [{ Authorization: '' }, { Authorization: 'Bearer made-up' }, { Authorization: `Bearer ${other.access_token}` }]) {
    const { status, body } = await tenant.call('GET', '/users', undefined, headers);
    expect([status, body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
  }
});
