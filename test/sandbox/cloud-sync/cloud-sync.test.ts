import { Control } from 'ldapts';
import { afterEach, expect, test, vi } from 'vitest';
import { startCloudSync, type RunningCloudSync } from '../../../sandbox/cloud-sync/start-cloud-sync.ts';
import { graphState } from '../../../sandbox/graph/graph-state.ts';
import { startGraph } from '../../../sandbox/graph/start-graph.ts';
import { issueGraphToken } from '../../../sandbox/tokens/issue-token.ts';
import { attributes, base, change, newUser, openDirectory, portugal, read, type OpenDirectory } from '../directory/open-directory.ts';

type CloudUser = Readonly<Record<string, unknown>>;
type SyncedCompany = OpenDirectory & {
  readonly sync: RunningCloudSync;
  readonly users: () => readonly CloudUser[];
  readonly user: (upn: string) => CloudUser | undefined;
};

const running: RunningCloudSync[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const sync of running.splice(0)) await sync.stop();
});

async function openCompany(): Promise<SyncedCompany> {
  const open = await openDirectory();
  open.world.changeSettings({ cloudSync: { paused: true } });
  const sync = startCloudSync(open.world);
  running.push(sync);
  const users = () => (graphState(open.world) as { users: CloudUser[] }).users;
  return { ...open, sync, users, user: (upn) => users().find((item) => item['userPrincipalName'] === upn) };
}

const dn = `CN=Ada Lima,${portugal}`;
const upn = 'ada.lima@contoso.example';

test('the first cycle takes over the seeded employees, the second looks at what the first changed, the third at nobody', async () => {
  const { sync } = await openCompany();
  expect(await sync.cycle()).toMatchObject({ examined: 42, created: 0, deleted: 0, softMatched: 0, failed: [] });
  expect(await sync.cycle()).toMatchObject({ updated: 0, unchanged: 42 });
  expect(await sync.cycle()).toMatchObject({ examined: 0, created: 0, updated: 0, unchanged: 0, deleted: 0 });
});

test('a new account arrives with its attributes and its manager, and its anchor is written back', async () => {
  const { sync, client, user } = await openCompany();
  await sync.cycle();
  const manager = `CN=Margarida Vasconcelos,${portugal}`;
  await client.add(
    dn,
    newUser('ada.lima', {
      givenName: 'Ada',
      sn: 'Lima',
      displayName: 'Ada Lima',
      mail: upn,
      mailNickname: 'ada.lima',
      proxyAddresses: [`SMTP:${upn}`, 'smtp:ada@contoso.example'],
      department: 'Sales',
      title: 'Engineer',
      company: 'Contoso',
      physicalDeliveryOfficeName: 'LIS',
      l: 'Lisbon',
      c: 'PT',
      co: 'Portugal',
      employeeID: '10099',
      employeeType: 'employee',
      telephoneNumber: '+351 210 99',
      manager,
    }),
  );
  expect(await sync.cycle()).toMatchObject({ created: 1, updated: 0, anchorsWritten: 1, failed: [] });
  const account = await read(client, dn, { explicitBufferAttributes: ['objectGUID', 'mS-DS-ConsistencyGuid'] });
  expect(account['mS-DS-ConsistencyGuid']).toEqual(account['objectGUID']);
  expect(user(upn)).toMatchObject({
    accountEnabled: true,
    displayName: 'Ada Lima',
    givenName: 'Ada',
    surname: 'Lima',
    mail: upn,
    mailNickname: 'ada.lima',
    department: 'Sales',
    jobTitle: 'Engineer',
    companyName: 'Contoso',
    officeLocation: 'LIS',
    city: 'Lisbon',
    country: 'PT',
    employeeId: '10099',
    employeeType: 'employee',
    businessPhones: ['+351 210 99'],
    onPremisesSyncEnabled: true,
    proxyAddresses: expect.arrayContaining([`SMTP:${upn}`, 'smtp:ada@contoso.example']),
    onPremisesImmutableId: Buffer.from(account['objectGUID'] as Buffer).toString('base64'),
    onPremisesSamAccountName: 'ada.lima',
    onPremisesDistinguishedName: dn,
    onPremisesDomainName: 'corp.contoso.example',
    manager: 'e1000000-0000-4000-8000-000000010001',
  });
});

test('a disabled account, a changed title and a new manager are carried over, the manager also when he arrives in the same cycle', async () => {
  const { sync, client, user } = await openCompany();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  await sync.cycle();
  await client.add(`CN=Boss,${portugal}`, newUser('boss'));
  await client.modify(dn, [
    change('replace', 'userAccountControl', '514'),
    change('replace', 'title', 'Director'),
    change('add', 'manager', `CN=Boss,${portugal}`),
  ]);
  expect(await sync.cycle()).toMatchObject({ created: 1, updated: 1 });
  expect(user(upn)).toMatchObject({ accountEnabled: false, jobTitle: 'Director', manager: user('boss@contoso.example')?.['id'] });
});

test('what was disabled in the cloud only is enabled again by the next cycle', async () => {
  const { sync, world, user } = await openCompany();
  await sync.cycle();
  await sync.cycle();
  const graph = await startGraph(world, { port: 0 });
  const { token } = await issueGraphToken(world);
  const name = 'tomas.guimaraes@contoso.example';
  const answer = await fetch(`${graph.url}/v1.0/users/${name}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ accountEnabled: false }),
  });
  expect(answer.status).toBe(204);
  expect(user(name)).toMatchObject({ accountEnabled: false });
  expect(await sync.cycle()).toMatchObject({ examined: 1, updated: 1 });
  expect(user(name)).toMatchObject({ accountEnabled: true });
  await graph.stop();
});

test('an account that leaves the scope or is deleted goes to deleted items, and comes back with its id when it returns', async () => {
  const { sync, client, user, users } = await openCompany();
  await client.add(dn, newUser('ada.lima'));
  await client.add(`CN=Gone,${portugal}`, newUser('gone'));
  await sync.cycle();
  const id = user(upn)?.['id'];
  const outside = `OU=Outside,${base}`;
  await client.add(outside, attributes({ objectClass: 'organizationalUnit' }));
  await client.modifyDN(dn, `CN=Ada Lima,${outside}`);
  await client.del(`CN=Gone,${portugal}`);
  expect(await sync.cycle()).toMatchObject({ deleted: 2 });
  expect(users().find((item) => item['id'] === id)).toMatchObject({ deleted: true });
  await client.modifyDN(`CN=Ada Lima,${outside}`, dn);
  expect(await sync.cycle()).toMatchObject({ created: 0, deleted: 0 });
  expect(user(upn)).toMatchObject({ id, deleted: false });
});

test('an account restored from the Recycle Bin brings its cloud user back; without the bin a deleted one goes all the same', async () => {
  const { sync, client, world, user, users } = await openCompany();
  await client.add(dn, newUser('ada.lima', { 'mS-DS-ConsistencyGuid': Buffer.alloc(16, 7) }));
  await sync.cycle();
  const id = user(upn)?.['id'];
  const account = await read(client, dn, { attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] });
  await client.del(dn);
  expect(await sync.cycle()).toMatchObject({ deleted: 1 });
  const named = `<GUID=${(account['objectGUID'] as Buffer).toString('hex')}>`;
  const restoring = [change('delete', 'isDeleted'), change('replace', 'distinguishedName', dn)];
  await client.modify(named, restoring, new Control('1.2.840.113556.1.4.417', { critical: true }));
  expect(await sync.cycle()).toMatchObject({ created: 0, updated: 1 });
  expect(user(upn)).toMatchObject({ id, deleted: false });
  world.changeSettings({ directory: { recycleBin: false } });
  await client.del(dn);
  expect(await sync.cycle()).toMatchObject({ deleted: 1 });
  expect(users().find((item) => item['id'] === id)).toMatchObject({ deleted: true });
});

test('a new principal name, other addresses and the removal of the manager are carried over', async () => {
  const { sync, client, user } = await openCompany();
  const addresses = { mail: upn, proxyAddresses: [`SMTP:${upn}`] };
  await client.add(dn, newUser('ada.lima', { ...addresses, manager: `CN=Margarida Vasconcelos,${portugal}` }));
  await sync.cycle();
  await sync.cycle();
  const id = user(upn)?.['id'];
  const renamed = 'ada.reis@contoso.example';
  await client.modify(dn, [
    change('replace', 'userPrincipalName', renamed),
    change('replace', 'mail', renamed),
    change('replace', 'proxyAddresses', `SMTP:${renamed}`, `smtp:${upn}`),
    change('replace', 'manager'),
  ]);
  expect(await sync.cycle()).toMatchObject({ examined: 1, updated: 1 });
  const after = user(renamed);
  expect(after).toMatchObject({ id, mail: renamed, proxyAddresses: [`SMTP:${renamed}`, `smtp:${upn}`] });
  expect(after?.['manager'] ?? null).toBeNull();
});

test('a move within the scope, to the leavers, keeps the cloud user', async () => {
  const { sync, client, user } = await openCompany();
  await client.add(dn, newUser('ada.lima'));
  await sync.cycle();
  const moved = `CN=Ada Lima,OU=Leavers,${base}`;
  await client.modifyDN(dn, moved);
  expect(await sync.cycle()).toMatchObject({ created: 0, updated: 1, deleted: 0 });
  expect(user(upn)).toMatchObject({ deleted: false, onPremisesDistinguishedName: moved });
});

test('an anchor that is already set is kept: the account is found by it, not by its GUID', async () => {
  const { sync, client, user } = await openCompany();
  await client.add(dn, newUser('ada.lima', { 'mS-DS-ConsistencyGuid': Buffer.alloc(16, 7) }));
  expect(await sync.cycle()).toMatchObject({ created: 1, anchorsWritten: 0 });
  expect(user(upn)).toMatchObject({ onPremisesImmutableId: Buffer.alloc(16, 7).toString('base64') });
});

test('service accounts and built-in accounts are not carried, and an unverified suffix becomes the initial domain', async () => {
  const { sync, client, user, users } = await openCompany();
  await client.add(dn, newUser('ada.lima', { userPrincipalName: 'ada.lima@corp.contoso.example' }));
  await sync.cycle();
  expect(users().filter((item) => /^(svc-gatehouse|administrator)/i.test(String(item['userPrincipalName'])))).toEqual([]);
  expect(user('ada.lima@contoso.onmicrosoft.com')).toMatchObject({ onPremisesUserPrincipalName: 'ada.lima@corp.contoso.example' });
});

test('it runs by itself at the interval that is set, and not while it is paused', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const { world, client, user } = await openCompany();
  await client.add(dn, newUser('ada.lima'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(user(upn)).toBeUndefined();
  world.changeSettings({ cloudSync: { intervalMs: 50, paused: false } });
  await vi.advanceTimersByTimeAsync(200);
  await expect.poll(() => user(upn)).toMatchObject({ accountEnabled: true });
});
