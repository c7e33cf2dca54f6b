import { expect, it } from 'vitest';
import type { Attributes } from '../../../shared/domain/change.ts';
import type { WritableTarget } from '../../../shared/ports/writers/writable-target.ts';
import { namesThatHurt } from '../../contracts/account-samples.ts';
import { creating, deleting, linking, updating } from '../../contracts/changes.ts';
import { idOf, required, textOf } from '../../contracts/expected.ts';

/** A server to behave on: its target, and a way to make a group there. */
export type Place = { readonly target: () => WritableTarget; readonly newGroup: (name: string) => Promise<string> };

let count = 0;

/** A new person's account. */
export function someone(name?: string): Attributes {
  count += 1;
  return {
    userName: `person.${count}@contoso.example`,
    'name.givenName': 'Test',
    'name.familyName': `Person ${count}`,
    displayName: name ?? `Test Person ${count}`,
    title: 'Engineer',
    email: `person.${count}@contoso.example`,
    externalId: `ext-${count}`,
    department: 'Platform',
    employeeNumber: `90${count}`,
    enabled: false,
  };
}

const signal = (): AbortSignal => AbortSignal.timeout(20_000);

/** Declares the tests of what holds on every SCIM server, whatever it can do. */
export function behaves(place: Place): void {
  const reads = () => required(place.target().reads.accounts);
  const writes = () => required(place.target().writes.accounts);
  const memberships = () => required(place.target().reads.memberships);
  const create = async (account = someone()) => idOf(await writes().create(creating(account), signal()));
  const found = async (id: string) => required(await reads().byId(id, signal()));
  const set = (does: 'link' | 'unlink', account: string, group: string) =>
    required(place.target().writes.memberships).setMembership(linking('member', does, account, group), signal());

  it('makes an account, shut and with what was written, and finds it by id, employee id and name', async () => {
    const { enabled: _, ...written } = someone();
    const id = await create({ ...written, enabled: false });
    expect(await found(id)).toMatchObject({ id, enabled: false, employeeId: written['employeeNumber'], attributes: written });
    expect((await reads().byEmployeeId(textOf(written['employeeNumber']), signal())).map((one) => one.id)).toEqual([id]);
    expect(await reads().holdersOf('userName', textOf(written['userName']).toUpperCase(), signal())).toEqual([id]);
    expect(await reads().holdersOf('externalId', textOf(written['externalId']), signal())).toEqual([id]);
    expect(await reads().holdersOf('email', textOf(written['email']), signal())).toEqual([id]);
  });

  it('does not find what nobody has', async () => {
    expect(await reads().byId('00000000-0000-4000-8000-000000000000', signal())).toBeUndefined();
    expect(await reads().byId("no' such)id", signal())).toBeUndefined();
    expect(await reads().byEmployeeId('1" or "1" eq "1', signal())).toEqual([]);
    expect(await reads().holdersOf('userName', 'free\\"name', signal())).toEqual([]);
  });

  it('opens, changes and shuts an account, one value of a list included, and clears what is null', async () => {
    const id = await create();
    await writes().update(
      updating(id, { enabled: true, title: 'Director', 'name.familyName': 'Lima', email: 'new@contoso.example' }),
      signal(),
    );
    expect(await found(id)).toMatchObject({
      enabled: true,
      attributes: { title: 'Director', 'name.familyName': 'Lima', 'name.givenName': 'Test', email: 'new@contoso.example' },
    });
    await writes().update(updating(id, { enabled: false, title: null, email: null, department: null }), signal());
    expect(await found(id)).toMatchObject({ enabled: false, attributes: { title: null, email: null, department: null } });
    expect(await writes().update(updating(id, { title: null, email: null, manager: null }), signal())).toMatchObject({ is: 'accepted' });
    await writes().update(updating(id, { email: 'again@contoso.example', department: 'Sales' }), signal());
    expect((await found(id)).attributes).toMatchObject({ email: 'again@contoso.example', department: 'Sales' });
  });

  it('joins an account to its manager, and parts them', async () => {
    const [manager, id] = [await create(), await create()];
    await writes().update(updating(id, { manager: { id: manager } }), signal());
    expect((await found(id)).attributes['manager']).toBe(manager);
    expect(await reads().reportsOf(manager, signal())).toEqual([id]);
    await writes().update(updating(id, { manager: null }), signal());
    expect((await found(id)).attributes['manager']).toBeNull();
  });

  it('refuses a name that is taken, says which, and keeps what the server said', async () => {
    const first = someone();
    await create(first);
    const second = { ...someone(), userName: first['userName'] ?? null };
    expect(await writes().create(creating(second), signal())).toMatchObject({
      is: 'refused',
      nameTaken: 'userName',
      problem: { systemCode: 'uniqueness', requestId: expect.any(String), message: expect.stringContaining('409') },
    });
  });

  it('keeps names that hurt as they are, in accounts and in filters', async () => {
    for (const name of namesThatHurt) {
      const id = await create(someone(name));
      expect((await found(id)).displayName).toBe(name);
      await writes().update(updating(id, { title: name }), signal());
      expect((await found(id)).attributes['title']).toBe(name);
      expect(await reads().holdersOf('title', name, signal())).toContain(id);
    }
  });

  it('passes every account exactly once, page by page', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => create()));
    const seen: string[] = [];
    for await (const account of reads().all(signal())) seen.push(account.id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(ids));
  });

  it('deletes an account, and is content when it is gone already', async () => {
    const id = await create();
    expect(await writes().delete(deleting(id), signal())).toMatchObject({ is: 'accepted' });
    expect(await reads().byId(id, signal())).toBeUndefined();
    expect(await writes().delete(deleting(id), signal())).toMatchObject({ is: 'accepted' });
  });

  it('puts an account into a group and takes out that one only', async () => {
    const group = await place.newGroup('Engineers');
    const [one, other] = [await create(), await create()];
    expect(await set('link', one, group)).toMatchObject({ is: 'accepted', id: one });
    expect(await set('link', one, group)).toMatchObject({ is: 'accepted' });
    await set('link', other, group);
    expect(await set('unlink', one, group)).toMatchObject({ is: 'accepted' });
    expect(await set('unlink', one, group)).toMatchObject({ is: 'accepted' });
    expect(await memberships().groupsOf(one, signal())).toEqual([]);
    expect(await memberships().groupsOf(other, signal())).toEqual([group]);
    expect(await memberships().isMember(group, other, signal())).toBe(true);
    const members: string[] = [];
    for await (const member of memberships().membersOf(group, signal())) members.push(member);
    expect(members).toEqual([other]);
  });

  it('refuses a group that is not there', async () => {
    const id = await create();
    expect(await set('link', id, 'nowhere')).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
    expect(await memberships().group('nowhere', signal())).toBeUndefined();
  });

  it('answers for each of many members that are added at once', async () => {
    const group = await place.newGroup('Everybody');
    const ids = await Promise.all(Array.from({ length: 7 }, () => create()));
    const answers = await Promise.all(ids.map((id) => set('link', id, group)));
    expect(answers.map((answer) => answer.is === 'accepted' && answer.id)).toEqual(ids);
    const members: string[] = [];
    for await (const member of memberships().membersOf(group, signal())) members.push(member);
    expect(members.toSorted()).toEqual(ids.toSorted());
  });

  it('cannot tell the privileges of an account that it cannot read, and says so rather than no', async () => {
    await expect(reads().isPrivileged('00000000-0000-4000-8000-000000000000', signal())).rejects.toMatchObject({
      code: 'target-not-found',
    });
    expect(await reads().isPrivileged(await create(), signal())).toBe(false);
  });
}
