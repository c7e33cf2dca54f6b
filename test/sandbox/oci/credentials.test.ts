import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anOciClient, filtered } from './oci-client.ts';

const credentials = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User';
const aoife = 'b2000000000000000000000000010009';
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
const needed: Readonly<Record<string, object>> = {
  ApiKeys: { key },
  OAuth2ClientCredentials: { name: 'registry', scopes: [{ audience: 'registry', scope: 'read' }] },
  UserDbCredentials: { dbPassword: 'Correct-Horse-7-Battery' },
};
const collections = ['ApiKeys', 'AuthTokens', 'CustomerSecretKeys', 'SmtpCredentials', 'OAuth2ClientCredentials', 'UserDbCredentials'];

describe('credentials in the identity domain', () => {
  it('are all found by one read of the user, survive their deactivation, and can be deleted one by one', async () => {
    const { call } = await anOciClient();
    for (const collection of collections)
      expect((await call('POST', `/${collection}`, { ...needed[collection], user: { value: aoife } })).status).toBe(201);
    const status = { schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:UserStatusChanger'], active: false };
    await call('PUT', `/UserStatusChanger/${aoife}`, status);
    const read = async () =>
      (
        await call(
          'GET',
          `/Users/${aoife}?attributes=${credentials}:apiKeys,${credentials}:authTokens,${credentials}:customerSecretKeys,${credentials}:smtpCredentials,${credentials}:oAuth2ClientCredentials,${credentials}:dbCredentials`,
        )
      ).body[credentials];
    expect(Object.keys((await read()) ?? {})).toHaveLength(6);
    for (const collection of collections) {
      const { body } = await call('GET', `/${collection}${filtered(`user.value eq "${aoife}"`)}`);
      expect(body.totalResults).toBe(1);
      expect((await call('DELETE', `/${collection}/${body.Resources[0]?.id}`)).status).toBe(204);
    }
    expect(await read()).toBeUndefined();
  });

  it('are of one user each, limited in number, and shown with their secret only once', async () => {
    const { call, world } = await anOciClient();
    const made = await call('POST', '/AuthTokens', { user: { value: aoife }, description: 'registry' });
    const [known] = world.secrets.list().filter((secret) => secret.kind === 'AuthToken');
    expect(JSON.stringify(made.body)).toContain(known?.value ?? 'no secret was remembered');
    expect(JSON.stringify((await call('GET', `/AuthTokens/${made.body.id}`)).body)).not.toContain(known?.value);
    await call('POST', '/AuthTokens', { user: { value: aoife } });
    expect((await call('POST', '/AuthTokens', { user: { value: aoife } })).status).toBe(400);
    const other = await call('GET', `/AuthTokens${filtered('user.value eq "b2000000000000000000000000010001"')}`);
    expect(other.body.totalResults).toBe(0);
    expect((await call('DELETE', `/AuthTokens/${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('are refused without what their kind needs, and an API key with what is no key', async () => {
    const { call } = await anOciClient();
    expect((await call('POST', '/ApiKeys', { user: { value: aoife } })).body.detail).toContain('key');
    expect((await call('POST', '/ApiKeys', { key: 'none', user: { value: aoife } })).status).toBe(400);
    expect((await call('POST', '/OAuth2ClientCredentials', { user: { value: aoife } })).body.detail).toContain('name,scopes');
  });

  it('go with the user who is deleted', async () => {
    const { call } = await anOciClient();
    await call('POST', '/ApiKeys', { key, user: { value: aoife } });
    await call('DELETE', `/Users/${aoife}?forceDelete=true`);
    expect((await call('GET', `/ApiKeys${filtered(`user.value eq "${aoife}"`)}`)).body.totalResults).toBe(0);
  });
});
