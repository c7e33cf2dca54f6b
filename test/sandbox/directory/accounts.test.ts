import { Attribute, Client } from 'ldapts';
import { expect, test } from 'vitest';
import { attributes, base, change, failure, newUser, openDirectory, password, portugal, quoted, read, trusting } from './open-directory.ts';

const dn = `CN=Ada Lima,${portugal}`;

test('a created user has what the directory gives: identifiers, class chain, category and account type', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { givenName: 'Ada', pwdLastSet: '0' }));
  const user = await read(client, dn, { explicitBufferAttributes: ['objectGUID', 'objectSid'] });
  expect(user).toMatchObject({
    objectClass: ['top', 'person', 'organizationalPerson', 'user'],
    cn: 'Ada Lima',
    name: 'Ada Lima',
    givenName: 'Ada',
    sAMAccountName: 'ada.lima',
    userAccountControl: '512',
    pwdLastSet: '0',
    accountExpires: '9223372036854775807',
    sAMAccountType: '805306368',
    primaryGroupID: '513',
    distinguishedName: dn,
  });
  expect(user['objectGUID']).toHaveLength(16);
  expect(user['objectSid']).toHaveLength(28);
  expect(user).not.toHaveProperty('unicodePwd');
});

test('a user created without a word on its state is disabled, and an enabled one needs a password', async () => {
  const { client } = await openDirectory();
  await client.add(dn, attributes({ objectClass: 'user', sAMAccountName: 'ada.lima' }));
  expect((await read(client, dn))['userAccountControl']).toBe('546');
  expect(await failure(client.modify(dn, change('replace', 'userAccountControl', '512')))).toBe('53 0000052D');
  expect(
    await failure(
      client.add(`CN=Other,${portugal}`, attributes({ objectClass: 'user', sAMAccountName: 'other', userAccountControl: '512' })),
    ),
  ).toBe('53 0000052D');
  await client.modify(dn, [change('replace', 'userAccountControl', '512'), change('replace', 'unicodePwd', quoted(password))]);
  expect((await read(client, dn))['userAccountControl']).toBe('512');
});

test('a password is refused when it is weak, holds the name, or is not quoted UTF-16', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { displayName: 'Ada Lima' }));
  const set = (value: Buffer) => failure(client.modify(dn, change('replace', 'unicodePwd', value)));
  expect(await set(quoted('short'))).toBe('53 0000052D');
  expect(await set(quoted('only-lower-case-here'))).toBe('53 0000052D');
  expect(await set(quoted('Contains-Lima-007'))).toBe('53 0000052D');
  expect(await set(Buffer.from('Not-Quoted-At-All-1', 'utf16le'))).toBe('53 00002035');
  expect(await set(Buffer.from('"Wrong-Encoding-1x"', 'utf8'))).toBe('53 00002035');
  expect(await set(quoted('Fine-Enough-2026'))).toBe('accepted');
});

test('changing a password needs the old one, resetting it does not', async () => {
  const { client, connect } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const changeTo = (old: string, next: string) =>
    failure(client.modify(dn, [change('delete', 'unicodePwd', quoted(old)), change('add', 'unicodePwd', quoted(next))]));
  expect(await changeTo('Wrong-Old-2026', 'Fine-Enough-2026')).toBe('19 00000056');
  expect(await changeTo(password, 'weak')).toBe('19 0000052D');
  expect(await changeTo(password, 'Fine-Enough-2026')).toBe('accepted');
  expect(await failure(connect().bind(dn, 'Fine-Enough-2026'))).toBe('accepted');
});

test('"must change" is set with 0 and undone with -1, and nothing else may be written', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  await client.modify(dn, change('replace', 'pwdLastSet', '0'));
  expect((await read(client, dn))['pwdLastSet']).toBe('0');
  await client.modify(dn, change('replace', 'pwdLastSet', '-1'));
  expect(Number((await read(client, dn))['pwdLastSet'])).toBeGreaterThan(0);
  expect(await failure(client.modify(dn, change('replace', 'pwdLastSet', '5')))).toBe('80 00000057');
  expect(await failure(client.modify(dn, change('replace', 'accountExpires', 'soon')))).toBe('21 00000057');
});

test('account names are unique in the domain, principal names in the forest, whatever their case and accents; other attributes are not', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('jose.lima', { employeeID: '777', mail: 'x@contoso.example' }));
  const other = (more: Record<string, string>) => failure(client.add(`CN=Other,${portugal}`, newUser('other', more)));
  expect(await other({ sAMAccountName: 'JOSÉ.LIMA' })).toBe('68 00000524');
  expect(await other({ userPrincipalName: 'Jose.Lima@contoso.example' })).toBe('19 000021C8');
  expect(await other({ employeeID: '777', mail: 'x@contoso.example' })).toBe('accepted');
  expect(await failure(client.modify(`CN=Other,${portugal}`, change('replace', 'sAMAccountName', 'jose.lima')))).toBe('68 00000524');
});

test('eight requests for one account name give exactly one account', async () => {
  const { client } = await openDirectory();
  const attempts = Array.from({ length: 8 }, (_, index) =>
    failure(client.add(`CN=Racer ${index},${portugal}`, newUser('racer', { userPrincipalName: `r${index}@contoso.example` }))),
  );
  const outcomes = await Promise.all(attempts);
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === '68 00000524')).toHaveLength(7);
});

test('account names that Windows does not allow are refused', async () => {
  const { client } = await openDirectory();
  for (const name of ['a'.repeat(21), 'with"quote', 'a[b', 'a:b', 'ends.', 'a@b,c'])
    expect(await failure(client.add(dn, newUser('fine', { sAMAccountName: name }))), name).toBe('19 00000523');
});

test('two objects cannot have one name in a unit, accents or not, and a name has at most 64 characters', async () => {
  const { client } = await openDirectory();
  await client.add(`CN=José,${portugal}`, newUser('one'));
  expect(await failure(client.add(`CN=Jose,${portugal}`, newUser('two')))).toBe('68 00002071');
  expect(await failure(client.add(`CN=${'x'.repeat(65)},${portugal}`, newUser('two')))).toBe('19 00002082');
  expect(await failure(client.add(`CN=${'x'.repeat(64)},${portugal}`, newUser('two')))).toBe('accepted');
});

test('an object is not created where there is no unit, without a known class, or under a name of the wrong kind', async () => {
  const { client } = await openDirectory();
  expect(await failure(client.add(`CN=a,OU=Nowhere,${base}`, newUser('a')))).toBe('32 0000208D');
  expect(await failure(client.add(`CN=a,${portugal}`, attributes({ objectClass: 'spaceship' })))).toBe('65 00002014');
  expect(await failure(client.add(`OU=a,${portugal}`, newUser('a')))).toBe('64 00002099');
  expect(await failure(client.add('CN=a,DC=other,DC=example', newUser('a')))).toBe('10 0000202B');
  expect(await failure(client.add('no name', newUser('a')))).toBe('34 0000208F');
});

test('only the service account writes, never among the domain controllers, and never to protected accounts', async () => {
  const { client, connect } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const ada = connect();
  await ada.bind(dn, password);
  expect(await failure(ada.modify(dn, change('replace', 'title', 'Queen')))).toBe('50 00002098');
  expect(await failure(client.add(`CN=a,OU=Domain Controllers,${base}`, newUser('a')))).toBe('50 00002098');
  const privileged = `CN=Dmitri Volkov,OU=DE,OU=People,${base}`;
  expect(await failure(client.modify(privileged, change('replace', 'title', 'x')))).toBe('50 00002098');
  expect(await failure(client.del(privileged))).toBe('50 00002098');
  expect(await failure(client.modifyDN(privileged, `CN=Dmitri,OU=DE,OU=People,${base}`))).toBe('50 00002098');
  expect(await failure(client.modify(`CN=GG-Admins,OU=Groups,${base}`, change('add', 'member', dn)))).toBe('50 00002098');
});

test('a protected account may be written where AdminSDHolder delegates that too', async () => {
  const { client, world } = await openDirectory();
  const privileged = `CN=Dmitri Volkov,OU=DE,OU=People,${base}`;
  expect(await failure(client.modify(privileged, change('replace', 'title', 'x')))).toBe('50 00002098');
  world.changeSettings({ directory: { protectedWritable: true } });
  await client.modify(privileged, change('replace', 'title', 'Site Reliability Lead'));
});

test('the seeded company is there: its people in their countries, managers, groups and the pre-existing account', async () => {
  const { client } = await openDirectory();
  const people = await client.search(`OU=People,${base}`, { filter: '(objectClass=user)', attributes: ['employeeID'] });
  expect(people.searchEntries).toHaveLength(42);
  const { searchEntries } = await client.search(base, { filter: '(employeeID=10050)' });
  expect(searchEntries[0]).toMatchObject({ dn: `CN=Erik Lindqvist,OU=GB,OU=People,${base}`, userAccountControl: '512' });
  const staff = await client.search(base, { filter: '(cn=GG-Staff)', attributes: ['member'] });
  expect(staff.searchEntries[0]?.['member']).toHaveLength(42);
});

test('trust in the certificate is by authority: it names 127.0.0.1, localhost and the host', async () => {
  const { directory } = await openDirectory();
  for (const host of ['127.0.0.1', 'localhost']) {
    const client = new Client({ url: `ldaps://${host}:${directory.ldapsPort}`, tlsOptions: { ca: trusting(directory).ca } });
    expect(await failure(client.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret'))).toBe('accepted');
    await client.unbind();
  }
});

test('an account without a name gets one, as Active Directory gives it', async () => {
  const { client } = await openDirectory();
  await client.add(dn, [new Attribute({ type: 'objectClass', values: ['user'] })]);
  expect((await read(client, dn))['sAMAccountName']).toMatch(/^\$[0-9A-F]{6}-[0-9A-F]{6}$/);
});
