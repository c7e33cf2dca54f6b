import { Control, EqualityFilter, ExtensibleFilter, type SearchOptions } from 'ldapts';
import { beforeAll, expect, test } from 'vitest';
import { attributes, base, change, failure, newUser, openDirectory, portugal, read, type OpenDirectory } from './open-directory.ts';

const groups = `OU=Groups,${base}`;

let shared: OpenDirectory;

beforeAll(async () => {
  shared = await openDirectory('file');
});

async function names({ client }: OpenDirectory, filter: SearchOptions['filter'], from = `OU=People,${base}`): Promise<unknown[]> {
  const { searchEntries } = await client.search(from, { ...(filter === undefined ? {} : { filter }), attributes: ['cn'] });
  return searchEntries.map((entry) => String(entry['cn'])).toSorted((a, b) => (a < b ? -1 : 1));
}

test.each([
  ['(employeeID=10004)', ["Siobhán O'Sullivan"]],
  ['(&(objectCategory=person)(objectClass=user)(givenName=jo*))', ['João Magalhães']],
  ['(&(sn=*val*)(l=Berlin))', []],
  ['(sn=*l*k*v)', ['Dmitri Volkov']],
  ['(|(employeeID=10001)(employeeID=10002))', ['Margarida Vasconcelos', 'Tomás Guimarães']],
  ['(&(title=*President*)(!(department=Sales))(!(c=DE))(!(c=JP)))', ['Tomás Guimarães']],
  ['(sn=GUIMARAES)', ['Tomás Guimarães']],
  ['(proxyAddresses=smtp:dmitri.volkov@contoso.example)', ['Dmitri Volkov']],
  ['(&(department=Platform)(manager=CN=Tomás Guimarães,OU=PT,OU=People,DC=corp,DC=contoso,DC=example)(adminCount>=1))', ['Dmitri Volkov']],
  ['(&(employeeID=10004)(uSNChanged<=1))', []],
  ['(&(employeeID=10004)(userAccountControl:1.2.840.113556.1.4.803:=512))', ["Siobhán O'Sullivan"]],
  ['(&(employeeID=10004)(userAccountControl:1.2.840.113556.1.4.803:=514))', []],
  ['(&(employeeID=10004)(userAccountControl:1.2.840.113556.1.4.804:=514))', ["Siobhán O'Sullivan"]],
  ['(shoeSize=42)', []],
  ['(!(shoeSize=42))', []],
])('the filter %s finds %j', async (filter, expected) => {
  expect(await names(shared, filter)).toEqual(expected);
});

test('members of nested groups are found through the chain', async () => {
  const open = shared;
  const chain = (type: string, value: string) => new ExtensibleFilter({ matchType: type, rule: '1.2.840.113556.1.4.1941', value });
  expect(await names(open, chain('memberOf', `CN=Domain Admins,CN=Users,${base}`))).toEqual(['Dmitri Volkov']);
  expect(await names(open, `(memberOf=CN=Domain Admins,CN=Users,${base})`)).toEqual([]);
  expect(await names(open, chain('member', `CN=Dmitri Volkov,OU=DE,OU=People,${base}`), base)).toContain('Domain Admins');
  expect(await names(open, chain('manager', `CN=Margarida Vasconcelos,${portugal}`))).toHaveLength(41);
});

test('an object is found by its GUID: as binary value, and as a base in both spellings', async () => {
  const open = shared;
  const bytes = Buffer.from('000000d2000000408000000000010008', 'hex');
  expect(await names(open, new EqualityFilter({ attribute: 'objectGUID', value: bytes }))).toEqual(['Dmitri Volkov']);
  for (const guid of [bytes.toString('hex'), 'd2000000-0000-4000-8000-000000010008'])
    expect((await read(open.client, `<GUID=${guid}>`))['cn']).toBe('Dmitri Volkov');
  expect(await failure(open.client.search('<GUID=d2000000-0000-4000-8000-000000099999>'))).toBe('32 0000208D');
});

test('a search goes to the object, its children or its subtree', async () => {
  const { client } = shared;
  const count = async (scope: 'base' | 'one' | 'sub') => (await client.search(`OU=People,${base}`, { scope })).searchEntries.length;
  expect([await count('base'), await count('one'), await count('sub')]).toEqual([1, 5, 48]);
});

test('only what is asked for is shown, computed attributes only by name', async () => {
  const { client } = shared;
  const dn = `CN=Dmitri Volkov,OU=DE,OU=People,${base}`;
  const shown = async (...wanted: string[]) => Object.keys(await read(client, dn, { attributes: wanted })).toSorted();
  expect(await shown('CN', 'shoeSize')).toEqual(expect.arrayContaining(['cn', 'dn']));
  expect(await shown('*')).toContain('memberOf');
  expect(await shown('*')).not.toContain('canonicalName');
  expect((await read(client, dn, { attributes: ['canonicalName'] }))['canonicalName']).toBe('corp.contoso.example/People/DE/Dmitri Volkov');
  expect((await read(client, dn, { attributes: ['+'] }))['canonicalName']).toBe('corp.contoso.example/People/DE/Dmitri Volkov');
  expect(await shown('1.1')).toEqual(expect.not.arrayContaining(['cn']));
});

test('a large group shows 1,500 members at once, and the rest by ranges', async () => {
  const { client, world } = await openDirectory();
  await addMany(world, 1600);
  const group = `CN=Large,${groups}`;
  await client.add(group, attributes({ objectClass: 'group', sAMAccountName: 'Large' }));
  const dns = Array.from({ length: 1600 }, (_, index) => `CN=Load ${index},${portugal}`);
  await client.modify(group, change('add', 'member', ...dns));
  const first = await read(client, group, { attributes: ['member'] });
  expect(first['member;range=0-1499']).toHaveLength(1500);
  const rest = await read(client, group, { attributes: ['member;range=1500-2999'] });
  expect(rest['member;range=1500-*']).toEqual(dns.slice(1500));
  expect((await read(client, group, { attributes: ['member;range=0-9'] }))['member;range=0-9']).toHaveLength(10);
});

test('more than 1,000 entries come only in pages; two cursors on one connection do not meet', async () => {
  const open = await openDirectory();
  await addMany(open.world, 1600);
  const { client } = open;
  const options = { filter: '(cn=Load *)', attributes: ['cn'] };
  expect(await failure(client.search(portugal, options))).toBe('4 00002023');
  expect((await client.search(portugal, { ...options, sizeLimit: 5 })).searchEntries).toHaveLength(5);
  const page = async (pageSize: number) => {
    const found = new Set<unknown>();
    for await (const { searchEntries } of client.searchPaginated(portugal, { ...options, paged: { pageSize } }))
      searchEntries.forEach((entry) => found.add(entry['cn']));
    return found.size;
  };
  expect(await Promise.all([page(700), page(999)])).toEqual([1600, 1600]);
});

test('the root of the domain refers to the other parts of the forest, unless the domain scope is asked for', async () => {
  const { client } = shared;
  const references = async (...controls: Control[]) =>
    (await client.search(base, { filter: '(employeeID=10001)' }, controls)).searchReferences;
  expect(await references()).toContainEqual('ldap://corp.contoso.example/CN=Configuration,DC=corp,DC=contoso,DC=example');
  expect(await references(new Control('1.2.840.113556.1.4.1339'))).toEqual([]);
});

test('an unknown critical control is refused, one that is not critical ignored', async () => {
  const { client } = shared;
  const search = (critical: boolean) => failure(client.search(portugal, { scope: 'base' }, new Control('1.2.3.4.5', { critical })));
  expect(await search(true)).toBe('12 00000057');
  expect(await search(false)).toBe('accepted');
});

test('another domain is referred to, and what is no name is refused', async () => {
  const { client } = shared;
  expect(await failure(client.search('DC=other,DC=example'))).toBe('10 0000202B');
  expect(await failure(client.search('nonsense'))).toBe('34 0000208F');
  expect(await failure(client.search(`CN=Nobody,${portugal}`))).toBe('32 0000208D');
});

test('the root entry says what the directory is and can do', async () => {
  const { client } = shared;
  expect(await read(client, '')).toMatchObject({
    defaultNamingContext: base,
    dnsHostName: 'dc1.corp.contoso.example',
    supportedLDAPVersion: ['3', '2'],
    supportedControl: expect.arrayContaining(['1.2.840.113556.1.4.319', '1.2.840.113556.1.4.805']),
    highestCommittedUSN: expect.stringMatching(/^\d+$/),
  });
});

const painful = [
  "O'Brien, Zoë #1",
  'Smith\\+Jones',
  ' edges ',
  '#hash',
  '👩‍💻 Ada',
  '渡辺 花子',
  '*)(objectClass=*',
  'line\nbreak',
  'tab\there',
  'Ends\\',
  'a"b;c<d>e=f',
  'x'.repeat(64),
];

test.each(painful)('someone called "%s" is created, found, moved and deleted', async (name) => {
  const { client } = shared;
  const escaped = Buffer.from(name)
    .toString('hex')
    .replace(/../g, (pair) => `\\${pair}`);
  await client.add(`CN=${escaped},${portugal}`, newUser('painful', { displayName: name }));
  expect(await names(shared, new EqualityFilter({ attribute: 'displayName', value: name }))).toEqual([name]);
  const [found] = (await client.search(portugal, { filter: new EqualityFilter({ attribute: 'cn', value: name }) })).searchEntries;
  await client.modify(`CN=GG-Sales,${groups}`, change('add', 'member', found?.dn ?? ''));
  expect(await names(shared, `(memberOf=CN=GG-Sales,${groups})`)).toContain(name);
  await client.modifyDN(`CN=${escaped},${portugal}`, `CN=${escaped},OU=Leavers,${base}`);
  expect((await read(client, `CN=${escaped},OU=Leavers,${base}`))['cn']).toBe(name);
  await client.del(`CN=${escaped},OU=Leavers,${base}`);
  expect(await failure(client.search(`CN=${escaped},OU=Leavers,${base}`))).toBe('32 0000208D');
});

// Made past the protocol: what is tested is reading them.
async function addMany(world: OpenDirectory['world'], count: number): Promise<void> {
  const [{ directoryStore }, { makeObject }, { findObject }, { transaction }] = await Promise.all([
    import('../../../sandbox/directory/store/directory-store.ts'),
    import('../../../sandbox/directory/seed/make-object.ts'),
    import('../../../sandbox/directory/store/find-object.ts'),
    import('../../../sandbox/foundation/transaction.ts'),
  ]);
  const store = directoryStore(world);
  const parent = findObject(store, portugal);
  if (parent === undefined || parent === 'malformed') throw new Error('The unit is missing.');
  transaction(world.database, () => {
    for (let index = 0; index < count; index += 1)
      makeObject(store, { className: 'user', name: `Load ${index}`, parent, attributes: { sAMAccountName: [`load${index}`] } });
  });
}
