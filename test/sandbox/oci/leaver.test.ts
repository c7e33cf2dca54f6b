import { describe, expect, it } from 'vitest';
import { anOciClient, filtered, urn, type OciClient } from './oci-client.ts';

const dmitri = 'b2000000000000000000000000010008';
const mfa = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:mfa:User';
const credentials = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User';
const ofDmitri = filtered(`user.value eq "${dmitri}"`);
const grantsOfDmitri = `/Grants${filtered(`grantee.value eq "${dmitri}"`)}`;

const kinds = ['apiKeys', 'authTokens', 'customerSecretKeys', 'smtpCredentials', 'oAuth2ClientCredentials', 'dbCredentials'];

// Lists that are returned on request must be named one by one.
async function extension({ call }: OciClient, name: string, lists: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const asked = lists.map((list) => `${name}:${list}`).join(',');
  const [user] = (await call('GET', `/Users${filtered(`id eq "${dmitri}"`)}&attributes=${asked}`)).body.Resources;
  return user?.[name as `urn:${string}`] ?? {};
}

describe('a leaver in the identity domain', () => {
  it('has one credential of each kind on the first morning, which one read shows', async () => {
    const client = await anOciClient();
    expect(Object.keys(await extension(client, credentials, kinds))).toHaveLength(6);
    expect((await client.call('GET', `/ApiKeys${ofDmitri}`)).body.totalResults).toBe(1);
  });

  it('who is deactivated reads as inactive, and keeps groups, app roles and credentials', async () => {
    const client = await anOciClient();
    const status = { schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:UserStatusChanger'], active: false };
    expect((await client.call('PUT', `/UserStatusChanger/${dmitri}`, status)).status).toBe(200);
    const { body } = await client.call('GET', `/Users${filtered('active eq false')}&attributes=active,groups`);
    expect(body.Resources).toMatchObject([{ id: dmitri, active: false }]);
    expect(body.Resources[0]?.groups).toHaveLength(2);
    expect((await client.call('GET', grantsOfDmitri)).body.totalResults).toBe(2);
    expect(Object.keys(await extension(client, credentials, kinds))).toHaveLength(6);
  });

  it('loses what he may do, switch by switch', async () => {
    const { call } = await anOciClient();
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:UserCapabilitiesChanger'],
      canUseApiKeys: false,
      canUseConsole: false,
    };
    await call('PUT', `/UserCapabilitiesChanger/${dmitri}`, body);
    const read = (await call('GET', `/Users/${dmitri}?attributes=${urn.capabilities}`)).body;
    expect(read[urn.capabilities]).toMatchObject({ canUseApiKeys: false, canUseConsole: false, canUseAuthTokens: true });
  });

  it('loses app roles one grant at a time; a role that goes takes its grants along', async () => {
    const client = await anOciClient();
    const { body } = await client.call('GET', grantsOfDmitri);
    expect(body.Resources).toMatchObject([
      { grantee: { value: dmitri, type: 'User' }, app: { display: 'Developer Portal' }, entitlement: { attributeName: 'appRoles' } },
      { grantee: { value: dmitri } },
    ]);
    expect((await extension(client, urn.oracle, ['appRoles']))['appRoles']).toMatchObject([
      { display: 'Portal User' },
      { display: 'Portal Administrator' },
    ]);
    expect((await client.call('DELETE', `/Grants/${body.Resources[0]?.id}`)).status).toBe(204);
    expect((await client.call('GET', `/Grants/${body.Resources[0]?.id}`)).status).toBe(404);
    const [role] = (await client.call('GET', `/AppRoles${filtered('displayName eq "Portal Administrator"')}`)).body.Resources;
    expect((await client.call('DELETE', `/AppRoles/${role?.id}`)).status).toBe(204);
    expect((await client.call('GET', grantsOfDmitri)).body.totalResults).toBe(0);
    expect((await client.call('POST', '/Grants', { app: { value: 'x' } })).status).toBe(400);
    const [left] = (await client.call('GET', '/AppRoles')).body.Resources;
    const grant = {
      app: { value: 'x' },
      entitlement: { attributeName: 'appRoles', attributeValue: left?.id },
      grantee: { type: 'User', value: dmitri },
    };
    expect((await client.call('POST', '/Grants', grant)).status).toBe(201);
    expect((await client.call('GET', grantsOfDmitri)).body.totalResults).toBe(1);
  });

  it('loses second factors, and browsers that stay signed in apart from them', async () => {
    const client = await anOciClient();
    const remove = (type: string) =>
      client.call('POST', '/AuthenticationFactorsRemover', {
        schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:AuthenticationFactorsRemover'],
        user: { value: dmitri },
        type,
      });
    const both = `${mfa}:mfaStatus,${mfa}:devices,${mfa}:trustedUserAgents`;
    const read = async () => (await client.call('GET', `/Users/${dmitri}?attributes=${both}`)).body[mfa];
    expect(await read()).toMatchObject({
      mfaStatus: 'ENROLLED',
      devices: [{ display: "Dmitri's phone" }],
      trustedUserAgents: [{ display: 'Firefox' }],
    });
    expect((await remove('MFA')).status).toBe(201);
    expect(await read()).toMatchObject({ mfaStatus: 'UN_ENROLLED', devices: [], trustedUserAgents: [{ display: 'Firefox' }] });
    expect((await remove('KMSI')).status).toBe(201);
    expect(await read()).toMatchObject({ trustedUserAgents: [] });
    expect((await remove('EVERYTHING')).status).toBe(400);
  });

  it.each([401, 403, 404])('can have one kind of credential that a caller may not see: %i there, and nowhere else', async (status) => {
    const { call, world } = await anOciClient();
    world.faults.add({ system: 'oci', operation: 'scim.listAuthTokens', nth: 1, times: 1000, phase: 'before', effect: { status } });
    expect((await call('GET', `/AuthTokens${ofDmitri}`)).status).toBe(status);
    expect((await call('GET', `/ApiKeys${ofDmitri}`)).status).toBe(200);
  });
});
