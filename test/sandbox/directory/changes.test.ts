import { Control } from 'ldapts';
import { beforeAll, expect, test } from 'vitest';
import {
  attributes,
  base,
  change,
  failure,
  newFolder,
  newUser,
  openDirectory,
  password,
  portugal,
  read,
  startIn,
  type OpenDirectory,
} from './open-directory.ts';

const dn = `CN=Ada Lima,${portugal}`;
const staff = `CN=GG-Staff,OU=Groups,${base}`;
const sales = `CN=GG-Sales,OU=Groups,${base}`;

let shared: OpenDirectory;

beforeAll(async () => {
  shared = await openDirectory('file');
  await shared.client.add(`CN=Rui Alves,${portugal}`, newUser('rui.alves', { employeeID: '1' }));
});

test('a modify is done whole or not at all', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  const changes = [change('replace', 'title', 'Director'), change('add', 'member', staff), change('replace', 'department', 'Sales')];
  expect(await failure(client.modify(dn, changes))).toBe('65 00002014');
  expect(await failure(client.modify(staff, [change('add', 'member', dn), change('add', 'member', `CN=Nobody,${portugal}`)]))).toBe(
    '32 00000525',
  );
  const user = await read(client, dn);
  expect([user['title'], user['department'], user['memberOf']]).toEqual(['Engineer', undefined, undefined]);
});

test('deleting the old value and adding the new is refused when the value has become another', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  const retitle = (from: string, to: string) => failure(client.modify(dn, [change('delete', 'title', from), change('add', 'title', to)]));
  expect(await retitle('Engineer', 'Director')).toBe('accepted');
  expect(await retitle('Engineer', 'Queen')).toBe('16 00002085');
  expect((await read(client, dn))['title']).toBe('Director');
});

test('an attribute is cleared by replacing it with nothing, again and again; an absent one cannot be deleted', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  for (const _ of [1, 2]) expect(await failure(client.modify(dn, change('replace', 'title')))).toBe('accepted');
  expect(await read(client, dn)).not.toHaveProperty('title');
  expect(await failure(client.modify(dn, change('delete', 'title')))).toBe('16 00002085');
});

test.each([
  ['an unknown attribute', change('replace', 'shoeSize', '42'), '16 00000057'],
  ['an empty value', change('replace', 'title', ''), '21 00000057'],
  ['two values where there is one', change('replace', 'title', 'a', 'b'), '20 0000200D'],
  ['a second value where there is one', change('add', 'employeeID', '2'), '20 00002083'],
  ['a value that is too long', change('replace', 'employeeID', '12345678901234567'), '19 00002082'],
  ['a manager who does not exist', change('replace', 'manager', `CN=Nobody,${portugal}`), '19 000020B5'],
  ['a manager that is no name', change('replace', 'manager', 'Nobody'), '34 00002081'],
  ['the back link memberOf', change('add', 'memberOf', staff), '53 0000209A'],
  ['the name itself', change('replace', 'cn', 'Other'), '67 00002016'],
  ['a number that is none', change('replace', 'userAccountControl', 'many'), '21 00000057'],
  ['a computer account', change('replace', 'userAccountControl', '4096'), '80 00000057'],
  ['the removal of the account name', change('replace', 'sAMAccountName'), '65 00002014'],
])('%s is refused as Active Directory refuses it', async (_, refused, outcome) => {
  expect(await failure(shared.client.modify(`CN=Rui Alves,${portugal}`, refused))).toBe(outcome);
});

test('a group takes a member once and gives up only members; the user shows the groups', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const { objectGUID } = await read(client, dn, { attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] });
  expect(await failure(client.modify(sales, change('delete', 'member', dn)))).toBe('53 00000561');
  expect(await failure(client.modify(sales, change('add', 'member', `<GUID=${Buffer.from(objectGUID as Buffer).toString('hex')}>`)))).toBe(
    'accepted',
  );
  expect(await failure(client.modify(sales, change('add', 'member', dn)))).toBe('68 00000562');
  expect(await failure(client.modify(sales, change('add', 'member', dn), new Control('1.2.840.113556.1.4.1413', { critical: true })))).toBe(
    'accepted',
  );
  expect((await read(client, dn))['memberOf']).toBe(sales);
  expect(await failure(client.modify(sales, change('delete', 'member', dn)))).toBe('accepted');
  expect(await read(client, dn)).not.toHaveProperty('memberOf');
});

test('a rename or a move keeps identity, memberships and reports', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  await client.add(`CN=Report,${portugal}`, newUser('report', { manager: dn }));
  await client.modify(staff, change('add', 'member', dn));
  const guid = async (name: string) =>
    (await read(client, name, { attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] }))['objectGUID'];
  const before = await guid(dn);
  const moved = `CN=Ada Costa,OU=Leavers,${base}`;
  await client.modifyDN(dn, moved);
  expect(await guid(moved)).toEqual(before);
  expect(await read(client, moved)).toMatchObject({
    cn: 'Ada Costa',
    name: 'Ada Costa',
    memberOf: staff,
    directReports: `CN=Report,${portugal}`,
  });
  expect((await read(client, `CN=Report,${portugal}`))['manager']).toBe(moved);
  expect(await failure(client.search(dn))).toBe('32 0000208D');
});

test('a move is refused to where there is no unit, to a name that is taken, and under itself', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  await client.add(`CN=Ada Lima,OU=Leavers,${base}`, newUser('other'));
  expect(await failure(client.modifyDN(dn, `CN=Ada Lima,OU=Nowhere,${base}`))).toBe('80 00002095');
  expect(await failure(client.modifyDN(dn, `CN=Ada Lima,OU=Leavers,${base}`))).toBe('68 00002071');
  expect(await failure(client.modifyDN(`OU=People,${base}`, `OU=People,${portugal}`))).toBe('53 00002035');
  expect(await failure(client.modifyDN(dn, `OU=Ada,${portugal}`))).toBe('64 00002099');
});

test('a unit takes its whole subtree with it when it moves', async () => {
  const { client } = await openDirectory();
  await client.add(`OU=Team,${portugal}`, attributes({ objectClass: 'organizationalUnit' }));
  await client.add(`CN=Ada Lima,OU=Team,${portugal}`, newUser('ada.lima'));
  await client.modifyDN(`OU=Team,${portugal}`, `OU=Crew,OU=DE,OU=People,${base}`);
  expect((await read(client, `CN=Ada Lima,OU=Crew,OU=DE,OU=People,${base}`))['distinguishedName']).toBe(
    `CN=Ada Lima,OU=Crew,OU=DE,OU=People,${base}`,
  );
  expect((await client.search(`OU=Crew,OU=DE,OU=People,${base}`)).searchEntries).toHaveLength(2);
});

test('a deleted user leaves no link behind, and frees the names', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  await client.add(`CN=Report,${portugal}`, newUser('report', { manager: dn }));
  await client.modify(sales, change('add', 'member', dn));
  const before = Number((await read(client, '', { attributes: ['highestCommittedUSN'] }))['highestCommittedUSN']);
  await client.del(dn);
  expect(await read(client, `CN=Report,${portugal}`)).not.toHaveProperty('manager');
  expect([(await read(client, sales))['member']].flat()).not.toContain(dn);
  expect(Number((await read(client, '', { attributes: ['highestCommittedUSN'] }))['highestCommittedUSN'])).toBeGreaterThan(before);
  expect(await failure(client.add(dn, newUser('ada.lima')))).toBe('accepted');
  expect(await failure(client.modify(`CN=Report,${portugal}`, change('add', 'manager', dn)))).toBe('accepted');
  expect(await failure(client.del(`CN=Nobody,${portugal}`))).toBe('32 0000208D');
});

test('a unit with objects is deleted only with the tree delete control, and never with a protected account in it', async () => {
  const { client } = await openDirectory();
  const tree = new Control('1.2.840.113556.1.4.805', { critical: true });
  await client.add(`OU=Team,${portugal}`, attributes({ objectClass: 'organizationalUnit' }));
  await client.add(`CN=Ada Lima,OU=Team,${portugal}`, newUser('ada.lima'));
  expect(await failure(client.del(`OU=Team,${portugal}`))).toBe('66 00002015');
  expect(await failure(client.del(`OU=DE,OU=People,${base}`, tree))).toBe('50 00002098');
  await client.del(`OU=Team,${portugal}`, tree);
  expect(await failure(client.search(`OU=Team,${portugal}`))).toBe('32 0000208D');
});

test('writing what is already so takes no update number, and a change takes one', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  const usn = async () => Number((await read(client, dn, { attributes: ['uSNChanged'] }))['uSNChanged']);
  const first = await usn();
  await client.modify(dn, change('replace', 'title', 'Engineer'));
  expect(await usn()).toBe(first);
  await client.modify(dn, change('replace', 'title', 'Director'));
  expect(await usn()).toBeGreaterThan(first);
});

test('compare tells whether a value is there', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  expect(await client.compare(dn, 'title', 'ENGINEER')).toBe(true);
  expect(await client.compare(dn, 'title', 'Director')).toBe(false);
  expect(await failure(client.compare(dn, 'department', 'Sales'))).toBe('16 00002085');
});

test('what was answered survives a restart', async () => {
  const folder = newFolder();
  const before = await startIn(folder);
  await before.client.add(dn, newUser('ada.lima', { 'mS-DS-ConsistencyGuid': Buffer.alloc(16, 7) }));
  await before.stop();
  const again = await startIn(folder);
  const user = await read(again.client, dn, { explicitBufferAttributes: ['mS-DS-ConsistencyGuid'] });
  expect(user['mS-DS-ConsistencyGuid']).toEqual(Buffer.alloc(16, 7));
  expect(await failure(again.connect().bind(dn, password))).toBe('accepted');
  await again.stop();
});

test('another primary group can only be one that holds the account; the two then change places among its groups', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const { objectSid } = await read(client, sales, { attributes: ['objectSid'], explicitBufferAttributes: ['objectSid'] });
  if (!Buffer.isBuffer(objectSid)) throw new Error('The group has no SID.');
  const relativeId = String(objectSid.readUInt32LE(objectSid.length - 4));
  expect(await failure(client.modify(dn, change('replace', 'primaryGroupID', relativeId)))).toBe('53 00002035');
  await client.modify(sales, change('add', 'member', dn));
  await client.modify(dn, change('replace', 'primaryGroupID', relativeId));
  expect((await read(client, dn))['memberOf']).toBe(`CN=Domain Users,CN=Users,${base}`);
  expect(await failure(client.modify(sales, change('delete', 'member', dn)))).toBe('53 00000561');
  await client.modify(dn, change('replace', 'primaryGroupID', '513'));
  expect((await read(client, dn))['memberOf']).toBe(sales);
});
