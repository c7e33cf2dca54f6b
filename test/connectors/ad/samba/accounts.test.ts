import { Attribute, Change } from 'ldapts';
import { beforeAll, describe, expect, it } from 'vitest';
import { domain, units } from '../../../../sandbox/directory/domain.ts';
import type { Attributes } from '../../../../shared/domain/change.ts';
import type { FoundAccount } from '../../../../shared/ports/readers/accounts.ts';
import type { AdTarget } from '../../../../shared/connectors/ad/create-ad-target.ts';
import { containing, creating, deleting, linking, restoring, updating } from '../../../contracts/changes.ts';
import { idOf, required, textOf } from '../../../contracts/expected.ts';
import { sambaProgram } from '../../../support/samba/start-samba.ts';
import { domainForFile } from './domain-for-file.ts';

const signal = AbortSignal.timeout(600_000);
const staff = 'd1000000-0000-4000-8000-000000000001';
const namesThatHurt = [
  "O'Brien, Zoë #1",
  'Smith\\+Jones',
  ' edge spaces ',
  '#hash "quoted" <&> =;',
  '*)(objectClass=*',
  '李小龙',
  '👩‍💻 Ada',
  'Ends\\',
  'x'.repeat(64),
];

describe.skipIf(sambaProgram === undefined)('accounts in a real domain', () => {
  const { target: connect, passwords, signIn, asAdministrator } = domainForFile();
  let target: AdTarget;
  let count = 0;
  beforeAll(() => {
    target = connect();
  });
  const reads = () => required(target.reads.accounts);
  const writes = () => required(target.writes.accounts);
  const account = (cn = `Real ${count + 1}`): Attributes => ({
    cn,
    ou: `OU=PT,${units.people}`,
    sAMAccountName: `real${(count += 1)}`,
    userPrincipalName: `real${count}@contoso.example`,
    displayName: cn,
    employeeID: `70${count}`,
    enabled: true,
    initialPassword: { secret: 'initial-password' },
  });
  const create = async (attributes = account()) => idOf(await writes().create(creating(attributes), signal));
  const found = async (id: string): Promise<FoundAccount> => required(await reads().byId(id, signal));
  const update = (id: string, after: Attributes) => writes().update(updating(id, after), signal);

  it.each(namesThatHurt)('called %j go through every operation', async (name) => {
    const id = await create(account(name));
    const { attributes } = await found(id);
    expect(attributes).toMatchObject({ cn: name, displayName: name });
    expect((await reads().byEmployeeId(textOf(attributes['employeeID']), signal)).map((one) => one.id)).toEqual([id]);
    expect(await reads().holdersOf('displayName', name, signal)).toContain(id);
    const memberships = required(target.writes.memberships);
    expect(await memberships.setMembership(linking('member', 'link', id, staff), signal)).toMatchObject({ is: 'accepted' });
    expect(await required(target.reads.memberships).groupsOf(id, signal)).toEqual([staff]);
    const report = await create({ ...account(), manager: { id } });
    expect(await reads().reportsOf(id, signal)).toEqual([report]);
    expect(await update(id, { title: name, ou: units.leavers, cn: `${name.slice(0, 62)}.2` })).toMatchObject({ is: 'accepted' });
    expect(await update(id, { cn: name, enabled: false })).toMatchObject({ is: 'accepted' });
    expect(await found(id)).toMatchObject({ enabled: false, attributes: { cn: name, title: name, ou: units.leavers } });
    expect((await found(report)).attributes['manager']).toBe(id);
    expect(await required(target.reads.memberships).isMember(staff, id, signal)).toBe(true);
    expect(await memberships.setMembership(linking('member', 'unlink', id, staff), signal)).toMatchObject({ is: 'accepted' });
    expect(await reads().isPrivileged(id, signal)).toBe(false);
    expect(await writes().delete(deleting(id), signal)).toMatchObject({ is: 'accepted' });
    expect(await reads().byId(id, signal)).toBeUndefined();
  });

  it('of 65 characters are refused before they are sent, for a server may take what Active Directory does not', async () => {
    const answer = await writes().create(creating(account('x'.repeat(65))), signal);
    expect(answer).toMatchObject({ is: 'refused', problem: { message: 'cn has 65 characters; Active Directory takes 64.' } });
  });

  it('are signed in to with their first password, once it need not be changed', async () => {
    const id = await create({ ...account(), mustChangePassword: true });
    const user = textOf((await found(id)).attributes['userPrincipalName']);
    const password = required(passwords.at(-1));
    expect(await signIn(user, password)).toBe('49 773');
    await update(id, { mustChangePassword: false });
    expect(await signIn(user, password)).toBe('accepted');
  });

  it('let nobody in while they are disabled, and not after the moment at which they expire', async () => {
    const id = await create();
    const user = textOf((await found(id)).attributes['userPrincipalName']);
    const password = required(passwords.at(-1));
    await update(id, { enabled: false });
    expect(await signIn(user, password)).toBe('49 533');
    await update(id, { enabled: true, accountExpires: '2020-01-31T00:00:00Z' });
    expect(await signIn(user, password)).toBe('49 701');
    expect((await found(id)).attributes['accountExpires']).toBe('2020-01-31T00:00:00Z');
    await update(id, { accountExpires: null });
    expect(await signIn(user, password)).toBe('accepted');
  });

  it('that wrong passwords have locked are shown so, and unlocked with the password that they had', async () => {
    const id = await create();
    const user = textOf((await found(id)).attributes['userPrincipalName']);
    const password = required(passwords.at(-1));
    for (let attempt = 0; attempt < 4; attempt += 1) expect(await signIn(user, 'Not-The-Password-1')).toBe('49 52e');
    expect(await signIn(user, password)).toBe('49 775');
    expect((await found(id)).attributes['lockedOut']).toBe(true);
    expect(await update(id, { lockedOut: false })).toMatchObject({ is: 'accepted' });
    expect((await found(id)).attributes['lockedOut']).toBe(false);
    expect(await signIn(user, password)).toBe('accepted');
    expect(await update(id, { lockedOut: true })).toMatchObject({ is: 'refused' });
  });

  it('lose their password to two that nobody knows, and the moment of it can be read', async () => {
    const id = await create();
    const user = textOf((await found(id)).attributes['userPrincipalName']);
    const known = required(passwords.at(-1));
    const made = passwords.length;
    const reset = containing('password', 'reset', id, { times: 2 });
    expect(await required(target.writes.passwords).resetPassword(reset, signal)).toMatchObject({ is: 'accepted' });
    expect(passwords.length - made).toBe(2);
    expect(await signIn(user, known)).toBe('49 52e');
    expect(await signIn(user, required(passwords.at(-1)))).toBe('accepted');
    expect(required(await required(target.reads.passwords).lastSet(id, signal))).toBeGreaterThan(Date.UTC(2020, 0));
  });

  it('that are deleted are seen to be so, and cannot be restored where the Recycle Bin is off', async () => {
    const id = await create();
    await writes().delete(deleting(id), signal);
    expect(await reads().isRestorable(id, signal)).toBe(false);
    expect(await writes().restore(restoring(id), signal)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });

  it('are changed in all attributes or in none', async () => {
    const id = await create();
    const answer = await update(id, { title: 'Half', c: 'too long for a country' });
    expect(answer).toMatchObject({ is: 'refused', problem: { systemCode: expect.stringMatching(/^[0-9A-F]{8}$/) } });
    expect((await found(id)).attributes['title']).toBeNull();
  });

  it('outside of where the service account was delegated are refused, in words that say what to do', async () => {
    const answer = await writes().create(creating({ ...account(), ou: units.users }), signal);
    expect(answer).toMatchObject({
      is: 'refused',
      problem: { code: 'target-forbidden', message: expect.stringContaining('has no right') },
    });
  });

  it('whose manager is not there, and whose name is somebody’s, are refused with the reason', async () => {
    const nobody = { ...account(), manager: { id: '00000000-0000-4000-8000-00000000ffff' } };
    expect(await writes().create(creating(nobody), signal)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
    const first = account();
    await create(first);
    for (const name of ['sAMAccountName', 'userPrincipalName', 'cn']) {
      const second = { ...account(), [name]: first[name] ?? null };
      expect(await writes().create(creating(second), signal)).toMatchObject({ is: 'refused', nameTaken: name });
    }
  });

  it('of an administrator, in whatever way, are privileged', async () => {
    const id = await create();
    expect(await reads().isPrivileged(id, signal)).toBe(false);
    const outer = `CN=Outer,${units.groups}`;
    await asAdministrator(async (client) => {
      await client.add(outer, { objectClass: 'group', sAMAccountName: 'Outer' });
      await client.modify(
        `CN=Domain Admins,${units.users}`,
        new Change({ operation: 'add', modification: new Attribute({ type: 'member', values: [outer] }) }),
      );
      await client.modify(
        outer,
        new Change({ operation: 'add', modification: new Attribute({ type: 'member', values: [`<GUID=${id}>`] }) }),
      );
    });
    expect(await reads().isPrivileged(id, signal)).toBe(true);
  });

  it('are not looked for in another domain: what Active Directory refers to elsewhere holds nothing', async () => {
    const beyond = connect({ baseDn: 'DC=other,DC=example' });
    await expect(beyond.probe(signal)).rejects.toMatchObject({ code: 'config-invalid' });
    expect(domain.dn).not.toContain('other');
  });
});
