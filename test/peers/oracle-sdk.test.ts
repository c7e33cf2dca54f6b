import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IdentityDomainsClient, models } from 'oci-identitydomains';
import { anOciClient, urn, type OciClient } from '../sandbox/oci/oci-client.ts';
import { anApiSigningKey, anOracleSdk } from './oracle-sdk.ts';

// Of the company: leads of Platform hold an administrator's role, others there do not.
const administrator = 'b2000000000000000000000000010008';
const engineer = 'b2000000000000000000000000010009';
const staff = 'b1000000000000000000000000000001';
const newcomer = {
  schemas: [urn.user, urn.enterprise, urn.oracle],
  userName: "zoë.o'brien@contoso.example",
  name: { givenName: 'Zoë', familyName: "O'Brien" },
  emails: [{ value: 'zoe.obrien@contoso.example', type: 'work', primary: true }],
  active: true,
  urnIetfParamsScimSchemasExtensionEnterprise2_0User: { employeeNumber: '95001', department: 'Platform' },
  urnIetfParamsScimSchemasOracleIdcsExtensionUserUser: { isFederatedUser: true, bypassNotification: true },
} as unknown as models.User;
let domain: OciClient;
let sdk: IdentityDomainsClient;

beforeEach(async () => {
  // It says on the console what it throws.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  domain = await anOciClient();
  ({ sdk } = await anOracleSdk(domain, administrator));
});

describe('Oracle’s own SDK reads and writes the simulated domain: it', () => {
  it('creates, reads, finds, changes and deletes a user, with the extensions in its own types', async () => {
    const { user } = await sdk.createUser({ user: newcomer });
    expect(user).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), ocid: expect.stringMatching(/^ocid1\.user\./) });
    const userId = user.id ?? '';
    const read = (await sdk.getUser({ userId })).user;
    expect(read.urnIetfParamsScimSchemasOracleIdcsExtensionUserUser).toMatchObject({ isFederatedUser: true, status: 'verified' });
    expect(read.urnIetfParamsScimSchemasOracleIdcsExtensionCapabilitiesUser).toMatchObject({ canUseApiKeys: true });
    const filter = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "95001"';
    const found = await sdk.listUsers({ filter });
    expect(found.users).toMatchObject({ totalResults: 1, resources: [{ id: userId }] });
    const operations = [{ op: 'REPLACE', path: 'title', value: 'Engineer' }] as unknown as models.Operations[];
    await sdk.patchUser({ userId, patchOp: { schemas: [urn.patch], operations } });
    expect((await sdk.getUser({ userId })).user.title).toBe('Engineer');
    await sdk.deleteUser({ userId, forceDelete: true });
    await expect(sdk.getUser({ userId })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('searches by POST, page by page', async () => {
    const search = (startIndex: number) =>
      sdk.searchUsers({ userSearchRequest: { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], startIndex, count: 10 } });
    const first = (await search(1)).users;
    const second = (await search(11)).users;
    expect(first).toMatchObject({ itemsPerPage: 10, startIndex: 1 });
    expect(new Set([...first.resources, ...second.resources].map(({ id }) => id)).size).toBe(20);
  });

  it('makes a group, puts somebody in, sees them on request alone, takes them out and deletes it', async () => {
    const { group } = await sdk.createGroup({ group: { schemas: [urn.group], displayName: 'Peers' } });
    const groupId = group.id ?? '';
    const members = async () => ((await sdk.getGroup({ groupId, attributes: 'members' })).group.members ?? []).map(({ value }) => value);
    const patch = (operation: object) =>
      sdk.patchGroup({ groupId, patchOp: { schemas: [urn.patch], operations: [operation] as unknown as models.Operations[] } });
    await patch({ op: 'ADD', path: 'members', value: [{ value: engineer, type: 'User' }] });
    expect(await members()).toEqual([engineer]);
    expect((await sdk.getGroup({ groupId })).group.members).toBeUndefined();
    await patch({ op: 'REMOVE', path: `members[value eq "${engineer}"]` });
    expect(await members()).toEqual([]);
    await sdk.deleteGroup({ groupId });
    expect((await sdk.listGroups({})).groups.resources.map(({ id }) => id)).toContain(staff);
  });

  it('switches status and capabilities by their changers, and takes second factors away', async () => {
    const userId = engineer;
    const idcs = (name: string) => [`urn:ietf:params:scim:schemas:oracle:idcs:${name}`];
    await sdk.putUserStatusChanger({
      userStatusChangerId: userId,
      userStatusChanger: { schemas: idcs('UserStatusChanger'), active: false },
    });
    const userCapabilitiesChanger = { schemas: idcs('UserCapabilitiesChanger'), canUseApiKeys: false };
    await sdk.putUserCapabilitiesChanger({ userCapabilitiesChangerId: userId, userCapabilitiesChanger });
    const { user } = await sdk.getUser({ userId });
    expect(user).toMatchObject({ active: false, urnIetfParamsScimSchemasOracleIdcsExtensionCapabilitiesUser: { canUseApiKeys: false } });
    const attributes = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:mfa:User:mfaStatus';
    const factors = async () =>
      (await sdk.getUser({ userId: administrator, attributes })).user.urnIetfParamsScimSchemasOracleIdcsExtensionMfaUser;
    expect((await factors())?.mfaStatus).toBe('ENROLLED');
    const type = 'MFA' as models.AuthenticationFactorsRemover.Type;
    const authenticationFactorsRemover = { schemas: idcs('AuthenticationFactorsRemover'), user: { value: administrator }, type };
    await sdk.createAuthenticationFactorsRemover({ authenticationFactorsRemover });
    expect((await factors())?.mfaStatus).toBe('UN_ENROLLED');
  });

  it('makes, lists and deletes credentials of all six kinds, each with its secret shown once and then not again', async () => {
    const user = { value: 'b2000000000000000000000000010001' };
    const schemas = (name: string) => [`urn:ietf:params:scim:schemas:oracle:idcs:${name}`];
    const filter = `user.value eq "${user.value}"`;
    const key = (
      await sdk.createApiKey({ apiKey: { schemas: schemas('apikey'), user, key: anApiSigningKey().publicKey, fingerprint: '' } })
    ).apiKey;
    expect(key.fingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    const token = (await sdk.createAuthToken({ authToken: { schemas: schemas('authToken'), user } })).authToken;
    const secretKey = (await sdk.createCustomerSecretKey({ customerSecretKey: { schemas: schemas('customerSecretKey'), user } }))
      .customerSecretKey;
    const smtp = (await sdk.createSmtpCredential({ smtpCredential: { schemas: schemas('smtpCredential'), user, userName: '' } }))
      .smtpCredential;
    const scopes = [{ audience: 'registry', scope: 'read' }];
    const oAuth2ClientCredential = { schemas: schemas('oauth2ClientCredential'), user, name: 'registry', scopes };
    const oauth = (await sdk.createOAuth2ClientCredential({ oAuth2ClientCredential })).oAuth2ClientCredential;
    const userDbCredential = { schemas: schemas('UserDbCredentials'), user, dbPassword: 'Correct-Horse-7-Battery' };
    const database = (await sdk.createUserDbCredential({ userDbCredential })).userDbCredential;
    expect([token.token, secretKey.secretKey, smtp.password, oauth.secret].every((secret) => (secret ?? '').length > 20)).toBe(true);

    expect((await sdk.listApiKeys({ filter })).apiKeys.resources).toMatchObject([{ id: key.id, fingerprint: key.fingerprint }]);
    expect((await sdk.getAuthToken({ authTokenId: token.id ?? '' })).authToken).toMatchObject({ status: 'ACTIVE', user });
    expect((await sdk.getAuthToken({ authTokenId: token.id ?? '' })).authToken.token).toBeUndefined();
    expect((await sdk.listCustomerSecretKeys({ filter })).customerSecretKeys.resources).toMatchObject([{ accessKey: secretKey.accessKey }]);
    expect((await sdk.listSmtpCredentials({ filter })).smtpCredentials.resources).toMatchObject([{ userName: smtp.userName }]);
    expect((await sdk.listOAuth2ClientCredentials({ filter })).oAuth2ClientCredentials.resources).toMatchObject([
      { name: 'registry', scopes },
    ]);
    expect((await sdk.listUserDbCredentials({ filter })).userDbCredentials.resources).toMatchObject([{ id: database.id }]);

    await sdk.deleteApiKey({ apiKeyId: key.id ?? '' });
    await sdk.deleteAuthToken({ authTokenId: token.id ?? '' });
    await sdk.deleteCustomerSecretKey({ customerSecretKeyId: secretKey.id ?? '' });
    await sdk.deleteSmtpCredential({ smtpCredentialId: smtp.id ?? '' });
    await sdk.deleteOAuth2ClientCredential({ oAuth2ClientCredentialId: oauth.id ?? '' });
    await sdk.deleteUserDbCredential({ userDbCredentialId: database.id ?? '' });
    const credentials = (await sdk.getUser({ userId: user.value })).user.urnIetfParamsScimSchemasOracleIdcsExtensionUserCredentialsUser;
    expect(credentials).toBeUndefined();
    await expect(sdk.getApiKey({ apiKeyId: key.id ?? '' })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('lists a user’s grants, gives an application role and takes it away', async () => {
    const filter = `grantee.value eq "${administrator}"`;
    const { grants } = await sdk.listGrants({ filter });
    expect(grants.resources[0]).toMatchObject({ grantMechanism: 'ADMINISTRATOR_TO_USER', app: { display: 'Developer Portal' } });
    const { app, entitlement } = grants.resources[0] ?? {};
    const grantee = { type: 'User', value: 'b2000000000000000000000000010001' };
    const schemas = ['urn:ietf:params:scim:schemas:oracle:idcs:Grant'];
    const made = await sdk.createGrant({
      grant: { schemas, grantMechanism: 'ADMINISTRATOR_TO_USER', app, entitlement, grantee } as models.Grant,
    });
    await sdk.deleteGrant({ grantId: made.grant.id ?? '' });
    expect((await sdk.listGrants({ filter: `grantee.value eq "${grantee.value}"` })).grants.totalResults).toBe(0);
  });
});

describe('a request that an API key signs', () => {
  const own = (client: IdentityDomainsClient) => client.getUser({ userId: engineer });

  it('opens nothing to who is no administrator', async () => {
    const { sdk: other } = await anOracleSdk(domain, 'b2000000000000000000000000010001');
    await expect(own(other)).rejects.toMatchObject({ statusCode: 403 });
  });

  it.each(['deleted', 'of a user who may not use API keys', 'of a user who is inactive'])(
    'opens nothing once the key is %s',
    async (how) => {
      const { sdk: leaver, keyId } = await anOracleSdk(domain, administrator);
      expect((await own(leaver)).user.id).toBe(engineer);
      if (how === 'deleted') await domain.call('DELETE', `/ApiKeys/${keyId}`);
      else {
        const [name, change] = how.includes('may not')
          ? ['UserCapabilitiesChanger', { canUseApiKeys: false }]
          : ['UserStatusChanger', { active: false }];
        await domain.call('PUT', `/${name}/${administrator}`, { schemas: [`urn:ietf:params:scim:schemas:oracle:idcs:${name}`], ...change });
      }
      await expect(own(leaver)).rejects.toMatchObject({ statusCode: 401 });
    },
  );
});
