import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linking, unlinking, updating } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

const dmitri = 'b2000000000000000000000000010008';
const kinds = ['ApiKeys', 'AuthTokens', 'CustomerSecretKeys', 'SmtpCredentials', 'OAuth2ClientCredentials', 'UserDbCredentials'];

describe('what else opens OCI', () => {
  const signal = AbortSignal.timeout(60_000);
  let contoso: Contoso;
  const found = () => required(contoso.targets.oci.reads.credentials).credentialsOf(dmitri, signal);
  const remove = (id: string) =>
    required(contoso.targets.oci.writes.credentials).removeCredential(unlinking('credential', dmitri, id), signal);
  const roles = () => required(contoso.targets.oci.reads.appRoles).appRolesOf(dmitri, signal);
  const account = async () => required(await required(contoso.targets.oci.reads.accounts).byId(dmitri, signal));
  const update = (after: Parameters<typeof updating>[1]) =>
    required(contoso.targets.oci.writes.accounts).update(updating(dmitri, after), signal);
  beforeAll(async () => {
    contoso = await startContoso();
  });
  afterAll(() => contoso.stop());

  it('is listed by kind, all six of them', async () => {
    const { credentials, unreadable } = await found();
    expect(credentials.map(({ kind }) => kind)).toEqual(kinds);
    expect(credentials.every(({ id, kind, usable }) => usable && id.startsWith(`${kind}/`))).toBe(true);
    expect(unreadable).toEqual([]);
  });

  it.each([401, 403, 404])('is unreadable, never none, where a list answers %d', async (status) => {
    // A 401 is answered by a new token and asked once more.
    const times = status === 401 ? 2 : 1;
    contoso.sandbox.world.faults.add({ system: 'oci', operation: 'scim.listApiKeys', nth: 1, times, phase: 'before', effect: { status } });
    const { credentials, unreadable } = await found();
    expect(credentials.map(({ kind }) => kind)).toEqual(kinds.slice(1));
    expect(unreadable).toEqual([{ kind: 'ApiKeys', problem: expect.stringContaining(String(status)) }]);
  });

  it('is no answer at all while the domain is away', async () => {
    nextCallFails(contoso, 'oci', 'scim.listAuthTokens', { phase: 'before', effect: { status: 500 } });
    await expect(found()).rejects.toMatchObject({ code: 'target-unavailable' });
  });

  it('is of no use once the capability for its kind is off, and of use again when that is taken back', async () => {
    expect(await update({ canUseApiKeys: false, canUseConsolePassword: false, enabled: false })).toMatchObject({
      is: 'accepted',
      id: dmitri,
    });
    expect(await account()).toMatchObject({
      enabled: false,
      attributes: { canUseApiKeys: false, canUseConsolePassword: false, canUseAuthTokens: true },
    });
    expect((await found()).credentials.filter(({ usable }) => !usable).map(({ kind }) => kind)).toEqual(['ApiKeys']);
    expect(await update({ canUseApiKeys: true, canUseConsolePassword: true, enabled: true })).toMatchObject({ is: 'accepted' });
    expect(await account()).toMatchObject({ enabled: true, attributes: { canUseApiKeys: true, canUseConsolePassword: true } });
  });

  it('calls a switch of capabilities lost when its answer is, and shows that it landed', async () => {
    nextCallFails(contoso, 'oci', 'scim.changeUserCapabilities', { phase: 'after', effect: { reset: true } });
    expect(await update({ canUseDbCredentials: false })).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect((await account()).attributes['canUseDbCredentials']).toBe(false);
  });

  it('is deleted one by one, and gone already is accepted', async () => {
    const { credentials } = await found();
    for (const { id } of credentials) expect(await remove(id)).toMatchObject({ is: 'accepted', id: dmitri });
    expect((await found()).credentials).toEqual([]);
    expect(await remove(required(credentials[0]).id)).toMatchObject({ is: 'accepted' });
  });

  it('is not called deleted where the endpoint is not there', async () => {
    contoso.sandbox.world.faults.add({
      system: 'oci',
      operation: 'scim.deleteApiKey',
      nth: 1,
      times: 1,
      phase: 'before',
      effect: { status: 404 },
    });
    contoso.sandbox.world.faults.add({
      system: 'oci',
      operation: 'scim.listApiKeys',
      nth: 1,
      times: 1,
      phase: 'before',
      effect: { status: 404 },
    });
    expect(await remove('ApiKeys/b41000000000000000000000000010008')).toMatchObject({
      is: 'refused',
      problem: { code: 'target-not-found' },
    });
    expect(await remove('Sessions/1')).toMatchObject({ is: 'refused' });
  });

  it('is a role in an application, given by name and taken away by grant', async () => {
    const before = await roles();
    expect(before).toContainEqual({
      id: expect.any(String),
      application: 'Developer Portal',
      role: 'Portal User',
      grants: expect.stringMatching(/^[0-9a-f]{32}\/[0-9a-f]{32}$/),
    });
    const { id, grants } = required(before.find(({ role }) => role === 'Portal User'));
    const set = required(contoso.targets.oci.writes.appRoles);
    expect(await set.setAppRole(unlinking('app-role', dmitri, id), signal)).toMatchObject({ is: 'accepted', id: dmitri });
    expect((await roles()).map(({ role }) => role)).not.toContain('Portal User');
    expect(await set.setAppRole(unlinking('app-role', dmitri, id), signal)).toMatchObject({ is: 'accepted' });
    expect(await set.setAppRole(linking('app-role', 'link', dmitri, grants), signal)).toMatchObject({ is: 'accepted' });
    expect((await roles()).map(({ role }) => role)).toContain('Portal User');
  });
});
