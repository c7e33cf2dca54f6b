import { Control } from 'ldapts';
import { describe, expect, test } from 'vitest';
import {
  base,
  change,
  failure,
  newFolder,
  newUser,
  openDirectory,
  password,
  portugal,
  quoted,
  read,
  startIn,
  type OpenDirectory,
} from './open-directory.ts';

const showDeleted = new Control('1.2.840.113556.1.4.417', { critical: true });
const deletedObjects = `CN=Deleted Objects,${base}`;
const leavers = `OU=Leavers,${base}`;
const staff = `CN=GG-Staff,OU=Groups,${base}`;
const margarida = `CN=Margarida Vasconcelos,${portugal}`;

async function hire({ client }: Pick<OpenDirectory, 'client'>, name = 'Ada Lima'): Promise<string> {
  const dn = `CN=${name},${portugal}`;
  const account = name.toLowerCase().replace(' ', '.');
  const more = {
    employeeID: '10099',
    title: 'Engineer',
    proxyAddresses: [`SMTP:${account}@contoso.example`, `smtp:${account.slice(0, 3)}@contoso.example`],
  };
  await client.add(dn, newUser(account, { ...more, manager: margarida }));
  await client.modify(staff, change('add', 'member', dn));
  return dn;
}

async function deleted({ client }: OpenDirectory): Promise<readonly Record<string, unknown>[]> {
  const { searchEntries } = await client.search(deletedObjects, { scope: 'one', filter: '(isDeleted=TRUE)' }, showDeleted);
  return searchEntries;
}

function restore({ client }: OpenDirectory, guid: string, to: string): Promise<void> {
  return client.modify(`<GUID=${guid}>`, [change('delete', 'isDeleted'), change('replace', 'distinguishedName', to)], showDeleted);
}

// The bytes as 32 hexadecimal digits, as <GUID=…> takes them.
async function guidOf({ client }: OpenDirectory, dn: string): Promise<string> {
  const { objectGUID } = await read(client, dn, { attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] });
  if (!Buffer.isBuffer(objectGUID)) throw new Error(`${dn} has no GUID.`);
  return objectGUID.toString('hex');
}

async function members(open: OpenDirectory): Promise<readonly unknown[]> {
  return [(await read(open.client, staff, { attributes: ['member'] }))['member']].flat();
}

describe('a leaver', () => {
  test('is disabled, gets a password of nobody, moves and is renamed in one request, and keeps the primary group', async () => {
    const open = await openDirectory();
    const dn = await hire(open);
    const before = await read(open.client, dn, { attributes: ['pwdLastSet', 'primaryGroupID'] });
    const guid = await guidOf(open, dn);
    await open.client.modify(dn, [
      change('replace', 'userAccountControl', '514'),
      change('replace', 'unicodePwd', quoted('Nobody-Knows-1')),
    ]);
    const once = await read(open.client, dn, { attributes: ['pwdLastSet'] });
    await open.client.modify(dn, change('replace', 'unicodePwd', quoted('Nobody-Knows-2')));
    const twice = await read(open.client, dn, { attributes: ['pwdLastSet'] });
    const times = [before, once, twice].map((entry) => BigInt(String(entry['pwdLastSet'])));
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => Number(a - b)));
    await open.client.modify(staff, change('delete', 'member', dn));
    await open.client.modify(dn, change('replace', 'manager'));
    const moved = `CN=Ada Lima (left),${leavers}`;
    await open.client.modifyDN(dn, moved);
    const after = await read(open.client, moved, {
      attributes: ['cn', 'primaryGroupID', 'manager', 'memberOf', 'userAccountControl'],
    });
    expect(after).toMatchObject({
      cn: 'Ada Lima (left)',
      primaryGroupID: '513',
      manager: [],
      memberOf: [],
      userAccountControl: '514',
    });
    expect(await guidOf(open, moved)).toBe(guid);
    expect(await failure(open.connect().bind('ada.lima@contoso.example', password))).toBe('49 80090308 52e');
    expect(await failure(open.connect().bind('ada.lima@contoso.example', 'Nobody-Knows-2'))).toBe('49 80090308 533');
  });

  test('each reset moves pwdLastSet, even when the clock has not moved', async () => {
    const folder = newFolder();
    const { world, client, stop } = await startIn(folder);
    const dn = await hire({ client });
    world.clock.setOffset(world.clock.offsetMs() - 3_600_000);
    const at = async () => BigInt(String((await read(client, dn, { attributes: ['pwdLastSet'] }))['pwdLastSet']));
    const before = await at();
    await client.modify(dn, change('replace', 'unicodePwd', quoted('Nobody-Knows-1')));
    const once = await at();
    await client.modify(dn, change('replace', 'unicodePwd', quoted('Nobody-Knows-2')));
    expect([once > before, (await at()) > once]).toEqual([true, true]);
    await stop();
  });

  test('whose account has expired cannot sign in', async () => {
    const open = await openDirectory();
    const dn = await hire(open);
    await open.client.modify(dn, change('replace', 'accountExpires', '133000000000000000'));
    expect(await failure(open.connect().bind('ada.lima@contoso.example', password))).toBe('49 80090308 701');
  });
});

describe('a deleted account', () => {
  test('is out of sight without the control, and with it is found in the container of deleted objects with what it was', async () => {
    const open = await openDirectory();
    const dn = await hire(open);
    const guid = await guidOf(open, dn);
    await open.client.del(dn);
    expect(await failure(read(open.client, dn))).toBe('32 0000208D');
    expect(await failure(read(open.client, `<GUID=${guid}>`))).toBe('32 0000208D');
    expect((await open.client.search(base, { filter: '(employeeID=10099)' })).searchEntries).toEqual([]);
    expect(await members(open)).not.toContain(dn);
    const [found, ...others] = await deleted(open);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      isDeleted: 'TRUE',
      lastKnownParent: portugal,
      'msDS-LastKnownRDN': 'Ada Lima',
      employeeID: '10099',
      title: 'Engineer',
    });
    expect(found?.['dn']).toMatch(new RegExp(`^CN=Ada Lima\\\\0ADEL:[0-9a-f-]{36},${deletedObjects}$`));
    expect(found?.['manager'] ?? []).toEqual([]);
    const byNumber = await open.client.search(base, { filter: '(&(isDeleted=TRUE)(employeeID=10099))' }, showDeleted);
    expect(byNumber.searchEntries).toHaveLength(1);
  });

  test('is restored by the Recycle Bin as the same object with attributes, groups, manager and password', async () => {
    const open = await openDirectory();
    const dn = await hire(open);
    const guid = await guidOf(open, dn);
    await open.client.del(dn);
    await restore(open, guid, `CN=Ada Lima,${leavers}`);
    const restored = await read(open.client, `CN=Ada Lima,${leavers}`);
    expect(await guidOf(open, `CN=Ada Lima,${leavers}`)).toBe(guid);
    expect(restored).toMatchObject({
      employeeID: '10099',
      manager: margarida,
      memberOf: staff,
      userAccountControl: '512',
      sAMAccountType: '805306368',
    });
    expect(restored['proxyAddresses']).toHaveLength(2);
    expect(restored['isDeleted']).toBeUndefined();
    expect(await members(open)).toContain(`CN=Ada Lima,${leavers}`);
    expect(await deleted(open)).toEqual([]);
    await open.connect().bind('ada.lima@contoso.example', password);
  });

  test('comes back without attributes, groups and password when the Recycle Bin is not enabled', async () => {
    const open = await openDirectory();
    open.world.changeSettings({ directory: { recycleBin: false } });
    const dn = await hire(open);
    const guid = await guidOf(open, dn);
    await open.client.del(dn);
    await restore(open, guid, dn);
    const restored = await read(open.client, dn, {
      attributes: ['sAMAccountName', 'employeeID', 'title', 'memberOf', 'userAccountControl'],
    });
    expect(restored).toMatchObject({ sAMAccountName: 'ada.lima', employeeID: [], title: [], memberOf: [], userAccountControl: '546' });
    expect(await failure(open.client.modify(dn, change('replace', 'userAccountControl', '512')))).toBe('53 0000052D');
  });

  test('cannot be restored onto a name that is taken, nor without the control, nor changed while it is deleted', async () => {
    const open = await openDirectory();
    const dn = await hire(open);
    const guid = await guidOf(open, dn);
    await open.client.del(dn);
    await open.client.add(dn, newUser('ada.lima2'));
    expect(await failure(restore(open, guid, dn))).toBe('68 00002071');
    expect(await failure(restore(open, guid, `CN=Ada Lima,OU=Nowhere,${base}`))).toBe('32 0000208D');
    const changes = [change('delete', 'isDeleted'), change('replace', 'distinguishedName', `CN=Ada Lima,${leavers}`)];
    expect(await failure(open.client.modify(`<GUID=${guid}>`, changes))).toBe('32 0000208D');
    expect(await failure(open.client.modify(`<GUID=${guid}>`, change('replace', 'title', 'x'), showDeleted))).toBe('53 00002035');
    await open.client.add(`CN=Other,${portugal}`, newUser('other'));
    await open.client.modify(`CN=Other,${portugal}`, change('replace', 'sAMAccountName', 'ada.lima'));
    expect(await failure(restore(open, guid, `CN=Ada Lima,${leavers}`))).toBe('68 00000524');
  });
});
