import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { createOciApi } from '../../shared/connectors/oci/create-oci-api.ts';
import { createOciTarget } from '../../shared/connectors/oci/create-oci-target.ts';
import type { Attributes } from '../../shared/domain/change.ts';
import type { WritableTarget } from '../../shared/ports/writers/writable-target.ts';
import { namesThatHurt } from '../contracts/account-samples.ts';
import { creating, deleting, linking, unlinking, updating } from '../contracts/changes.ts';
import { idOf, required } from '../contracts/expected.ts';
import { startScimmyDomain, type ScimmyDomain } from './scimmy-domain.ts';

const signal = AbortSignal.timeout(60_000);
let domain: ScimmyDomain;
let target: WritableTarget;
beforeAll(async () => {
  domain = await startScimmyDomain();
  const api = createOciApi(
    { baseUrl: domain.url, tier: 'premium' },
    createFixedTokenSource(() => Promise.resolve('any')),
  );
  target = createOciTarget({ id: 'oci:contoso', privilegedGroups: [] }, { oci: api });
});
afterAll(() => domain.stop());

let made = 0;
function aPerson(about: Attributes = {}): Attributes {
  made += 1;
  const name = `peer${made}+${made}@contoso.example`;
  const names = { 'name.givenName': 'Zoë', 'name.familyName': `O'Brien ${made}`, displayName: `Zoë O'Brien ${made}` };
  return {
    ...names,
    userName: name,
    email: name,
    title: 'Engineer',
    department: 'Platform',
    employeeNumber: `96${made}`,
    enabled: true,
    ...about,
  };
}
const accounts = () => required(target.reads.accounts);
const create = async (about: Attributes = {}) => idOf(await required(target.writes.accounts).create(creating(aPerson(about)), signal));
const update = (id: string, after: Attributes) => required(target.writes.accounts).update(updating(id, after), signal);
const post = async (path: string, body: object): Promise<{ readonly id: string }> => {
  const response = await fetch(`${domain.url}/admin/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { readonly id: string };
};

describe('the SCIM core of our client of identity domains, on a SCIM server that is not ours:', () => {
  it('a user is made, with the enterprise extension and Oracle’s, and read back', async () => {
    const id = await create({ isFederatedUser: true, bypassNotification: true, country: 'PT', phoneNumber: '+351 5550100' });
    expect(await accounts().byId(id, signal)).toMatchObject({
      id,
      enabled: true,
      employeeId: expect.stringMatching(/^96/),
      attributes: { title: 'Engineer', department: 'Platform', isFederatedUser: true, country: 'PT', phoneNumber: '+351 5550100' },
    });
  });

  it('a user is found by employee number, user name and address, also with a plus sign in it', async () => {
    const email = 'zoe+test@contoso.example';
    const id = await create({ userName: email, email, employeeNumber: '9700' });
    expect((await accounts().byEmployeeId('9700', signal)).map((one) => one.id)).toEqual([id]);
    for (const name of ['userName', 'email']) expect(await accounts().holdersOf(name, email, signal)).toEqual([id]);
    expect(await accounts().byEmployeeId('nobody', signal)).toEqual([]);
  });

  it('a name that is taken is refused, and which one it is is found out', async () => {
    const { attributes } = required(await accounts().byId(await create(), signal));
    const again = creating(aPerson({ userName: required(attributes['userName']) }));
    expect(await required(target.writes.accounts).create(again, signal)).toMatchObject({
      is: 'refused',
      nameTaken: 'userName',
      problem: { code: 'target-conflict', systemCode: 'uniqueness', message: expect.stringContaining('userName is taken.') },
    });
  });

  it('attributes are changed and cleared, in lists and extensions too, and a user is disabled and enabled', async () => {
    const id = await create({ country: 'PT' });
    expect(await update(id, { title: 'Lead', department: null, country: 'GB', isFederatedUser: true, enabled: false })).toMatchObject({
      is: 'accepted',
    });
    expect(await accounts().byId(id, signal)).toMatchObject({
      enabled: false,
      attributes: { title: 'Lead', department: null, country: 'GB', isFederatedUser: true, costCenter: null },
    });
    expect(await update(id, { title: null, country: null, enabled: true })).toMatchObject({ is: 'accepted' });
    expect(await accounts().byId(id, signal)).toMatchObject({ enabled: true, attributes: { title: null, country: null } });
  });

  it('a manager is set, found from the other side, and cleared', async () => {
    const manager = await create();
    const id = await create();
    await update(id, { manager: { id: manager } });
    expect((await accounts().byId(id, signal))?.attributes['manager']).toBe(manager);
    expect(await accounts().reportsOf(manager, signal)).toEqual([id]);
    await update(id, { manager: null });
    expect(await accounts().reportsOf(manager, signal)).toEqual([]);
  });

  // The library does not read an escaped quotation mark in a filter (RFC 7644 section 3.4.2.2), so that such a name cannot be looked for there.
  it.each(namesThatHurt.filter((name) => !/["\\]/.test(name)))('%s is kept as it is, and found', async (name) => {
    const id = await create({ displayName: name });
    expect((await accounts().byId(id, signal))?.displayName).toBe(name);
    expect(await accounts().holdersOf('displayName', name, signal)).toContain(id);
  });

  it('everybody is listed, page by page, once each', async () => {
    const listed: string[] = [];
    for await (const { id } of accounts().all(signal)) listed.push(id);
    expect(listed.length).toBeGreaterThan(8);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('a member is put into a group and taken out, twice without harm, and seen from the user’s side', async () => {
    const account = await create();
    const group = (await post('/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Peers' })).id;
    const memberships = required(target.reads.memberships);
    const set = required(target.writes.memberships);
    for (let twice = 0; twice < 2; twice += 1)
      expect(await set.setMembership(linking('member', 'link', account, group), signal)).toMatchObject({ is: 'accepted' });
    expect(await memberships.groupsOf(account, signal)).toEqual([group]);
    expect(await memberships.group(group, signal)).toEqual({ id: group, name: 'Peers', kind: 'static' });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await set.setMembership(unlinking('member', account, group), signal)).toMatchObject({ is: 'accepted' });
    expect(await memberships.groupsOf(account, signal)).toEqual([]);
  });

  it('a user who is deleted is gone, and gone already is accepted', async () => {
    const id = await create();
    const remove = () => required(target.writes.accounts).delete(deleting(id), signal);
    expect(await remove()).toMatchObject({ is: 'accepted' });
    expect(await accounts().byId(id, signal)).toBeUndefined();
    expect(await remove()).toMatchObject({ is: 'accepted' });
  });

  it('what only an identity domain has is refused or unreadable there, and never called done', async () => {
    const id = await create();
    expect(await update(id, { canUseApiKeys: false })).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
    const { credentials, unreadable } = await required(target.reads.credentials).credentialsOf(id, signal);
    expect(credentials).toEqual([]);
    expect(unreadable).toHaveLength(6);
    await expect(required(target.reads.appRoles).appRolesOf(id, signal)).rejects.toMatchObject({ code: 'target-not-found' });
    const removal = required(target.writes.methods).removeMethod(unlinking('method', id, 'MFA'), signal);
    expect(await removal).not.toMatchObject({ is: 'accepted' });
    const activation = required(target.writes.activations).sendActivation(updating(id, {}) as never, signal);
    expect(await activation).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });
});
