import { expect, test } from 'vitest';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call, newUser, world } = tenantForFile();
const assign = (id: string, add: readonly string[], remove: readonly string[] = []) =>
  call('POST', `/users/${id}/assignLicense`, { addLicenses: add.map((skuId) => ({ skuId, disabledPlans: [] })), removeLicenses: remove });
const seats = async (skuId: string): Promise<number | undefined> =>
  (await call('GET', '/subscribedSkus')).body.value.find((sku) => sku.skuId === skuId)?.consumedUnits;

test('a licence takes a seat, brings plans and a mailbox, and gives the seat back', async () => {
  const id = await newUser('licensed', { usageLocation: 'PT' });
  const before = (await seats(known.e3)) ?? 0;
  expect((await assign(id, [known.e3])).body.mail).toBe('licensed@contoso.example');
  expect(await seats(known.e3)).toBe(before + 1);
  expect((await call('GET', `/users/${id}/licenseDetails`)).body.value.map(({ skuId }) => skuId)).toEqual([known.e3]);
  expect((await call('GET', `/users/${id}/mailFolders/inbox/messages`)).status).toBe(200);
  expect((await assign(id, [], [known.e3])).status).toBe(200);
  expect(await seats(known.e3)).toBe(before);
  expect((await call('GET', `/users/${id}/mailFolders/inbox/messages`)).body.error.code).toBe('MailboxNotEnabledForRESTAPI');
});

test('a user without usage location cannot be licensed', async () => {
  const { status, body } = await assign(await newUser('nowhere'), [known.e3]);
  expect([status, body.error.message]).toEqual([400, 'License assignment cannot be done for user with invalid usage location.']);
});

test('an unknown licence, one that is not held, and one without free seats are refused', async () => {
  const id = await newUser('unlucky', { usageLocation: 'PT' });
  const unknown = '00000000-0000-4000-8000-00000000000c';
  expect((await assign(id, [unknown])).body.error.message).toBe(`License ${unknown} does not correspond to a valid company License.`);
  expect((await assign(id, [], [known.e3])).body.error.message).toBe('User does not have a corresponding license.');
  world().database.prepare('UPDATE graph_skus SET enabled = 0 WHERE sku_id = ?').run(known.f1);
  expect((await assign(id, [known.f1])).body.error.message).toBe(`Subscription with SKU ${known.f1} does not have any available licenses.`);
});

test('both lists are required', async () => {
  expect((await call('POST', `/users/${known.employee}/assignLicense`, { addLicenses: [] })).status).toBe(400);
});

test('a licence is exchanged for another in one call, and a synced user takes licences from the cloud', async () => {
  const id = await newUser('exchanger', { usageLocation: 'PT' });
  await assign(id, [known.e3]);
  const e5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
  expect((await assign(id, [e5], [known.e3])).status).toBe(200);
  expect((await call('GET', `/users/${id}?$select=assignedLicenses`)).body.assignedLicenses.map(({ skuId }) => skuId)).toEqual([e5]);
  expect((await assign(known.employee, [e5])).status).toBe(200);
});
