import { expect, test } from 'vitest';
import { applySyncedUser, softDeleteSynced, syncedUsers, type SyncedUser } from '../../../sandbox/graph/synced-users.ts';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call, newUser, world } = tenantForFile();

function synced(alias: string, more: Partial<SyncedUser> = {}): SyncedUser {
  const name = `${alias}@contoso.example`;
  return {
    immutableId: Buffer.from(alias.padEnd(16, '.')).toString('base64'),
    accountEnabled: false,
    userPrincipalName: name,
    displayName: alias,
    givenName: alias,
    surname: null,
    mail: name,
    mailNickname: alias,
    attributes: { department: 'Sales', employeeId: '30001', telephoneNumber: '+351 1', proxyAddresses: [`SMTP:${name}`] },
    managerImmutableId: null,
    onPremisesSamAccountName: alias,
    onPremisesDistinguishedName: `CN=${alias},OU=PT,OU=People,DC=corp,DC=contoso,DC=example`,
    onPremisesDomainName: 'corp.contoso.example',
    onPremisesSecurityIdentifier: null,
    onPremisesUserPrincipalName: name,
    ...more,
  };
}

test('a user is created, then unchanged, then updated', async () => {
  const first = applySyncedUser(world(), synced('sync.one'));
  expect(first.change).toBe('created');
  expect(applySyncedUser(world(), synced('sync.one'))).toEqual({ id: first.id, change: 'unchanged' });
  expect(applySyncedUser(world(), synced('sync.one', { displayName: 'Renamed' })).change).toBe('updated');
  const { body } = await call(
    'GET',
    `/users/${first.id}?$select=displayName,department,businessPhones,onPremisesSyncEnabled,onPremisesImmutableId,proxyAddresses`,
  );
  expect(body).toMatchObject({
    displayName: 'Renamed',
    department: 'Sales',
    businessPhones: ['+351 1'],
    onPremisesSyncEnabled: true,
    proxyAddresses: ['SMTP:sync.one@contoso.example'],
  });
});

test('the sync overwrites a sign-in block that was set in the cloud, and keeps usage location and licences', async () => {
  const user = synced('sync.block', { accountEnabled: true });
  const { id } = applySyncedUser(world(), user);
  await call('PATCH', `/users/${id}`, { accountEnabled: false, usageLocation: 'PT' });
  await call('POST', `/users/${id}/assignLicense`, { addLicenses: [{ skuId: known.e3, disabledPlans: [] }], removeLicenses: [] });
  expect(applySyncedUser(world(), user).change).toBe('updated');
  expect((await call('GET', `/users/${id}?$select=accountEnabled,usageLocation,assignedLicenses`)).body).toMatchObject({
    accountEnabled: true,
    usageLocation: 'PT',
    assignedLicenses: [{ skuId: known.e3 }],
  });
});

test('a user who leaves the scope is deleted softly, and restored as the same user on return', async () => {
  const user = synced('sync.scope');
  const { id } = applySyncedUser(world(), user);
  expect(softDeleteSynced(world(), user.immutableId)).toBe(true);
  expect(softDeleteSynced(world(), user.immutableId)).toBe(false);
  expect((await call('GET', `/directory/deletedItems/${id}`)).status).toBe(200);
  expect(syncedUsers(world()).map((one) => one.id)).not.toContain(id);
  expect(applySyncedUser(world(), user)).toEqual({ id, change: 'updated' });
  expect((await call('GET', '/users/sync.scope@contoso.example')).body.id).toBe(id);
});

test('a manager who is synced later is linked then', async () => {
  const boss = synced('sync.boss');
  const report = applySyncedUser(world(), synced('sync.report', { managerImmutableId: boss.immutableId }));
  expect((await call('GET', `/users/${report.id}/manager`)).status).toBe(404);
  const { id } = applySyncedUser(world(), boss);
  expect((await call('GET', `/users/${report.id}/manager`)).body.id).toBe(id);
});

test('a cloud user with the same name is taken over', async () => {
  const id = await newUser('sync.match');
  expect(applySyncedUser(world(), synced('sync.match'))).toEqual({ id, change: 'softMatched' });
  expect((await call('PATCH', `/users/${id}`, { city: 'Porto' })).status).toBe(400);
});

test('a privileged cloud user is not taken over: the synced user gets another name', async () => {
  const id = await newUser('sync.admin');
  world()
    .database.prepare("INSERT INTO graph_edges SELECT 'roleMembers', id, ? FROM graph_objects WHERE kind = 'directoryRole' LIMIT 1")
    .run(id);
  const made = applySyncedUser(world(), synced('sync.admin'));
  expect(made.change).toBe('created');
  expect(made.id).not.toBe(id);
  expect((await call('GET', `/users/${made.id}`)).body.userPrincipalName).toMatch(/^sync\.admin\d{4}@contoso\.onmicrosoft\.com$/);
  expect((await call('GET', `/users/${id}?$select=onPremisesImmutableId`)).body.onPremisesImmutableId).toBeNull();
});

test('a user whose authority was moved to the cloud is left alone and can be written', async () => {
  const user = synced('sync.moved');
  const { id } = applySyncedUser(world(), user);
  expect((await call('PATCH', `/users/${id}/onPremisesSyncBehavior`, { isCloudManaged: true })).status).toBe(204);
  expect(applySyncedUser(world(), { ...user, displayName: 'Other' }).change).toBe('unchanged');
  expect((await call('PATCH', `/users/${id}`, { city: 'Porto' })).status).toBe(204);
});

test('the seeded employees are synced users', () => {
  expect(syncedUsers(world()).length).toBeGreaterThanOrEqual(41);
});
