import { expect, test } from 'vitest';
import { applySyncedUser } from '../../../sandbox/graph/synced-users.ts';
import { graphControl } from '../../../sandbox/graph/control/graph-control.ts';
import { known, reference, tenantForFile, type Shown } from './tenant-for-file.ts';

const { call, newUser, world, url } = tenantForFile();
const dayMs = 24 * 3_600_000;

/** One object of a delta answer. */
type Item = Shown & {
  readonly '@removed'?: { readonly reason: string };
  readonly 'members@delta'?: readonly Item[];
  readonly 'manager@delta'?: readonly Item[];
};
type Round = { readonly items: readonly Item[]; readonly pages: number; readonly link: string };

/** Follows nextLinks to the end of a round. */
async function round(start: string, headers: Readonly<Record<string, string>> = {}): Promise<Round> {
  const items: Item[] = [];
  let path = start.replace(`${url()}/v1.0`, '');
  for (let pages = 1; ; pages += 1) {
    const { status, body } = await call('GET', path, undefined, headers);
    if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
    items.push(...(body.value as readonly Item[]));
    const links = body as unknown as Readonly<Record<string, string | undefined>>;
    const next = links['@odata.nextLink'];
    if (next === undefined) return { items, pages, link: String(links['@odata.deltaLink']).replace(`${url()}/v1.0`, '') };
    path = next.replace(`${url()}/v1.0`, '');
  }
}

/** Calls the control port's part for the tenant. */
async function control(path: string, body: unknown): Promise<unknown> {
  const response = await graphControl(world()).request(path, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

test('a first round lists everyone page by page with their managers, and ends with a link that then has nothing new', async () => {
  const first = await round('/users/delta?$select=displayName,manager', { Prefer: 'odata.maxpagesize=20' });
  expect(first.pages).toBe(4);
  expect(new Set(first.items.map(({ id }) => id)).size).toBe(64);
  expect(first.items.find(({ id }) => id === known.employee)?.['manager@delta']).toHaveLength(1);
  expect(first.items.find(({ id }) => id === known.chief)).not.toHaveProperty('manager@delta');
  expect((await round(first.link)).items).toEqual([]);
});

test('a round tells of new users and of changed ones, with the selected properties', async () => {
  const { link } = await round('/users/delta?$select=displayName,jobTitle&$deltatoken=latest');
  const id = await newUser('delta.new', { jobTitle: 'Engineer' });
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Painter' });
  const { items, link: next } = await round(link);
  expect(items).toEqual([
    { id, displayName: 'delta.new', jobTitle: 'Engineer' },
    expect.objectContaining({ id: known.contractor, jobTitle: 'Painter' }),
  ]);
  expect((await round(next)).items).toEqual([]);
});

test('properties that were not selected do not wake it', async () => {
  const { link } = await round('/users/delta?$select=displayName&$deltatoken=latest');
  await call('PATCH', `/users/${known.contractor}`, { city: 'Porto' });
  await call('POST', `/users/${known.contractor}/revokeSignInSessions`);
  expect((await round(link)).items).toEqual([]);
  await call('PATCH', `/users/${known.contractor}`, { displayName: 'Somebody Else' });
  expect((await round(link)).items).toHaveLength(1);
});

test('a deleted user is removed as changed, one that is gone for good as deleted, and a restored one comes back whole', async () => {
  const id = await newUser('delta.removed');
  const { link } = await round('/users/delta?$select=displayName&$deltatoken=latest');
  await call('DELETE', `/users/${id}`);
  const removed = await round(link);
  expect(removed.items).toEqual([{ id, '@removed': { reason: 'changed' } }]);
  await call('POST', `/directory/deletedItems/${id}/restore`);
  const restored = await round(removed.link);
  expect(restored.items).toEqual([{ id, displayName: 'delta.removed' }]);
  await call('DELETE', `/users/${id}`);
  await call('DELETE', `/directory/deletedItems/${id}`);
  expect((await round(restored.link)).items).toEqual([{ id, '@removed': { reason: 'deleted' } }]);
});

test('members that came and went are told, the last word on each, also of those who left by being deleted', async () => {
  const [stays, leaves, deleted] = [await newUser('delta.stays'), await newUser('delta.leaves'), await newUser('delta.deleted')];
  const members = `/groups/${known.allContractors}/members`;
  await call('POST', `${members}/$ref`, reference(deleted));
  const { link } = await round('/groups/delta?$select=displayName,members&$deltatoken=latest');
  for (const id of [stays, leaves]) await call('POST', `${members}/$ref`, reference(id));
  await call('DELETE', `${members}/${leaves}/$ref`);
  await call('DELETE', `/users/${deleted}`);
  const { items } = await round(link);
  expect(items.map(({ id }) => id)).toEqual([known.allContractors]);
  const user = { '@odata.type': '#microsoft.graph.user' };
  expect(items[0]?.['members@delta']).toEqual([
    { ...user, id: stays },
    { ...user, id: leaves, '@removed': { reason: 'deleted' } },
    { ...user, id: deleted, '@removed': { reason: 'deleted' } },
  ]);
});

test('a new manager is told, and so is one who was taken away', async () => {
  const id = await newUser('delta.report');
  const { link } = await round('/users/delta?$select=manager&$deltatoken=latest');
  await call('PUT', `/users/${id}/manager/$ref`, reference(known.chief));
  await call('PUT', `/users/${id}/manager/$ref`, reference(known.employee));
  const set = await round(link);
  expect(set.items).toEqual([{ id, 'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: known.employee }] }]);
  await call('DELETE', `/users/${id}/manager/$ref`);
  expect((await round(set.link)).items[0]?.['manager@delta']).toMatchObject([{ id: known.employee, '@removed': { reason: 'deleted' } }]);
});

test('what Cloud Sync writes is told like any other change', async () => {
  const { link } = await round('/users/delta?$select=displayName&$deltatoken=latest');
  const { id } = applySyncedUser(world(), {
    immutableId: 'ZGVsdGEtc3luY2VkLTAwMQ==',
    accountEnabled: false,
    userPrincipalName: 'delta.synced@contoso.example',
    displayName: 'Delta Synced',
    givenName: null,
    surname: null,
    mail: null,
    mailNickname: 'delta.synced',
    attributes: {},
    managerImmutableId: null,
    onPremisesSamAccountName: 'delta.synced',
    onPremisesDistinguishedName: 'CN=Delta Synced,OU=PT,OU=People,DC=corp,DC=contoso,DC=example',
    onPremisesDomainName: 'corp.contoso.example',
    onPremisesSecurityIdentifier: null,
    onPremisesUserPrincipalName: 'delta.synced@contoso.example',
  });
  expect((await round(link)).items).toEqual([{ id, displayName: 'Delta Synced' }]);
});

test('a user whose replication is under way comes in a later round, and is not lost', async () => {
  const { link } = await round('/users/delta?$select=displayName&$deltatoken=latest');
  world().changeSettings({ graph: { replicationDelayMs: 60_000 } });
  const id = await newUser('delta.hidden');
  world().changeSettings({ graph: { replicationDelayMs: 0 } });
  const early = await round(link);
  expect(early.items).toEqual([]);
  world().clock.setOffset(61_000);
  expect((await round(early.link)).items).toEqual([{ id, displayName: 'delta.hidden' }]);
  await call('DELETE', `/users/${id}`);
  world().clock.setOffset(0);
});

test('some objects alone are tracked by their ids, and any other filter is refused', async () => {
  const { items, link } = await round(`/users/delta?$select=displayName&$filter=id eq '${known.chief}' or id eq '${known.contractor}'`);
  expect(items.map(({ id }) => id)).toEqual([known.chief, known.contractor]);
  await newUser('delta.untracked');
  await call('PATCH', `/users/${known.contractor}`, { displayName: 'Tracked' });
  expect((await round(link)).items.map(({ id }) => id)).toEqual([known.contractor]);
  for (const query of ["$filter=displayName eq 'x'", '$top=5', '$orderby=displayName', '$expand=manager'])
    expect((await call('GET', `/users/delta?${query}`)).status).toBe(400);
});

test('a token older than seven days of the world is no longer known', async () => {
  const { link } = await round('/users/delta?$select=id&$deltatoken=latest');
  world().clock.setOffset(7 * dayMs - 1000);
  expect((await call('GET', link)).status).toBe(200);
  world().clock.setOffset(7 * dayMs + 1000);
  const { status, body } = await call('GET', link);
  expect([status, body.error.code]).toEqual([400, 'syncStateNotFound']);
  world().clock.setOffset(0);
  expect((await call('GET', '/users/delta?$deltatoken=made-up')).status).toBe(400);
});

test('a demanded resync answers 410 with an address that starts again with the same properties', async () => {
  const { link } = await round('/users/delta?$select=displayName&$deltatoken=latest');
  await control('/graph/delta', { resync: 'users' });
  const { status, headers } = await call('GET', link);
  expect(status).toBe(410);
  const again = await round(headers.get('Location') ?? '');
  expect(again.items.length).toBeGreaterThan(60);
  expect(Object.keys(again.items[0] ?? {})).toEqual(['id', 'displayName']);
  expect((await round(again.link)).items).toEqual([]);
});

test('items are repeated on demand', async () => {
  await call('PATCH', `/users/${known.contractor}`, { displayName: 'Once More' });
  const { link } = await round('/users/delta?$select=displayName&$deltatoken=latest');
  expect(await control('/graph/delta', { replay: 'users', items: 1 })).toEqual({ replayed: 1 });
  expect((await round(link)).items).toEqual([{ id: known.contractor, displayName: 'Once More' }]);
});
