import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { creating, linking } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso('samba');
});
afterAll(() => contoso.stop());

const directoryGroups = {
  privileged: 'd1000000-0000-4000-8000-00000000000c',
  id: 'd1000000-0000-4000-8000-000000000001',
  other: 'd1000000-0000-4000-8000-000000000002',
  name: 'GG-Staff',
  write: 'ldap.modify',
};

const groups = {
  entra: {
    privileged: 'a1000000-0000-4000-8000-00000000000e',
    id: 'a1000000-0000-4000-8000-000000000001',
    other: 'a1000000-0000-4000-8000-000000000003',
    name: 'All Employees',
    write: 'groups.addMember',
  },
  ad: directoryGroups,
  samba: directoryGroups,
  oci: {
    privileged: 'b1000000000000000000000000000003',
    id: 'b1000000000000000000000000000001',
    other: 'b1000000000000000000000000000002',
    name: 'OCI Staff',
    write: 'scim.patchGroup',
  },
  scim: {
    privileged: 'c1000000-0000-4000-8000-000000000003',
    id: 'c1000000-0000-4000-8000-000000000001',
    other: 'c1000000-0000-4000-8000-000000000002',
    name: 'App Staff',
    write: 'scim.patchGroup',
  },
} as const;
const nowhere = '00000000-0000-4000-8000-00000000ffff';

describe.each(accountSamples)('memberships in $target', (sample) => {
  const signal = AbortSignal.timeout(60_000);
  const { id: group, other, name, write, privileged } = groups[sample.target];
  const reads = () => required(contoso.targets[sample.target].reads.memberships);
  const set = (does: 'link' | 'unlink', account: string, to: string = group) =>
    required(contoso.targets[sample.target].writes.memberships).setMembership(linking('member', does, account, to), signal);
  let account: string;
  beforeAll(async () => {
    const attributes = sample.account(500, "Men\\Ber, O'Hara #1");
    account = idOf(await required(contoso.targets[sample.target].writes.accounts).create(creating(attributes), signal));
  });

  it('knows a group by its id, with its name', async () => {
    expect(await reads().group(group, signal)).toEqual({ id: group, name, kind: 'static' });
    expect(await reads().group(nowhere, signal)).toBeUndefined();
  });

  it('calls a group that carries a privilege role-assignable, so that nobody is put into it', async () => {
    expect(await reads().group(privileged, signal)).toMatchObject({ kind: 'role-assignable' });
  });

  it('adds and removes a member, each seen from both sides', async () => {
    expect(await set('link', account)).toMatchObject({ is: 'accepted', id: account });
    expect(await reads().isMember(group, account, signal)).toBe(true);
    expect(await reads().groupsOf(account, signal)).toEqual([group]);
    expect(await set('unlink', account)).toMatchObject({ is: 'accepted' });
    expect(await reads().isMember(group, account, signal)).toBe(false);
    expect(await reads().groupsOf(account, signal)).toEqual([]);
  });

  it('accepts a member that is there already, and one that is not there any more', async () => {
    await set('link', account);
    expect(await set('link', account)).toMatchObject({ is: 'accepted' });
    await set('unlink', account);
    expect(await set('unlink', account)).toMatchObject({ is: 'accepted' });
  });

  it('keeps one membership when another is taken', async () => {
    await set('link', account);
    await set('link', account, other);
    await set('unlink', account);
    expect(await reads().groupsOf(account, signal)).toEqual([other]);
    await set('unlink', account, other);
  });

  it('refuses a group that is not there', async () => {
    expect(await set('link', account, nowhere)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
    expect(await set('unlink', account, nowhere)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });

  it('calls a membership lost when its answer is, and shows that it landed', async () => {
    nextCallFails(contoso, sample.create.system, write, { phase: 'after', effect: { reset: true } });
    expect(await set('link', account)).toMatchObject({ is: 'lost' });
    expect(await reads().isMember(group, account, signal)).toBe(true);
    await set('unlink', account);
  });
});

describe('groups that take no members from us', () => {
  const signal = AbortSignal.timeout(20_000);

  it('are known for what they are in Entra ID: dynamic, and role-assignable', async () => {
    const reads = required(contoso.targets.entra.reads.memberships);
    expect(await reads.group('a1000000-0000-4000-8000-00000000000d', signal)).toMatchObject({ kind: 'dynamic' });
    expect(await reads.group('a1000000-0000-4000-8000-00000000000e', signal)).toMatchObject({ kind: 'role-assignable' });
  });

  it('are known in Active Directory by their protection', async () => {
    expect(await required(contoso.targets.ad.reads.memberships).group('d1000000-0000-4000-8000-00000000000c', signal)).toMatchObject({
      kind: 'role-assignable',
    });
  });
});
