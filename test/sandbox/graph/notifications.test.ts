import { expect, test } from 'vitest';
import { changeUserByHand } from '../../../sandbox/graph/control/change-by-hand.ts';
import { graphControl } from '../../../sandbox/graph/control/graph-control.ts';
import { graphState } from '../../../sandbox/graph/graph-state.ts';
import { fateOf } from '../../../sandbox/graph/notifications/misbehaviour.ts';
import { listNotices } from '../../../sandbox/graph/notifications/notification-queue.ts';
import { queueNotices } from '../../../sandbox/graph/notifications/queue-notices.ts';
import { prepareGraph } from '../../../sandbox/graph/prepare-graph.ts';
import { putSubscription } from '../../../sandbox/graph/subscriptions/subscription-store.ts';
import { eventually, temporaryWorld } from '../foundation/temporary-world.ts';
import { aNoticeEndpoint, type NoticeEndpoint } from './notice-endpoint.ts';
import { known, reference, tenantForFile } from './tenant-for-file.ts';

const { call, newUser, world, restart } = tenantForFile();
const hourMs = 3_600_000;
const calm = { dropPercent: 0, duplicatePercent: 0, delayMs: 0, shuffle: false, seed: 1, paused: false };

async function subscribe(endpoint: NoticeEndpoint, resource: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  for (const { id } of (await call('GET', '/subscriptions')).body.value) await call('DELETE', `/subscriptions/${id}`);
  world().changeSettings({ graph: { notifications: calm } });
  const { status, body } = await call('POST', '/subscriptions', {
    changeType: 'updated,deleted',
    resource,
    notificationUrl: endpoint.url,
    expirationDateTime: new Date(world().now() + 24 * hourMs).toISOString(),
    clientState: 'between-us',
    ...more,
  });
  expect(status).toBe(201);
  return body.id;
}

const arrived = (endpoint: NoticeEndpoint, count: number) =>
  eventually(() => (endpoint.notices().length >= count ? endpoint.notices() : undefined));

/** Waits until the last notice is in this state. */
async function settled(state: string): Promise<void> {
  await eventually(() => {
    const { notifications } = graphState(world()) as { readonly notifications: readonly { readonly state: string }[] };
    return notifications.at(-1)?.state === state ? true : undefined;
  });
}

async function control(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await graphControl(world()).request(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

test('creation and soft deletion arrive as updated, permanent deletion as deleted', async () => {
  const endpoint = await aNoticeEndpoint();
  const subscriptionId = await subscribe(endpoint, '/users');
  const id = await newUser('notice.life');
  await call('PATCH', `/users/${id}`, { jobTitle: 'Engineer' });
  await call('DELETE', `/users/${id}`);
  await call('DELETE', `/directory/deletedItems/${id}`);
  const notices = await arrived(endpoint, 4);
  expect(notices.map(({ changeType }) => changeType)).toEqual(['updated', 'updated', 'updated', 'deleted']);
  expect(notices[0]).toMatchObject({
    subscriptionId,
    clientState: 'between-us',
    resource: `Users/${id}`,
    resourceData: { '@odata.type': '#Microsoft.Graph.User', '@odata.id': `Users/${id}`, id },
    tenantId: '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4',
  });
  expect(Date.parse(notices[0]?.subscriptionExpirationDateTime ?? '')).toBeGreaterThan(world().now());
  expect(JSON.stringify(graphState(world()))).not.toContain('between-us');
});

test('only what was subscribed to is told, and nothing from before', async () => {
  const endpoint = await aNoticeEndpoint();
  const before = await newUser('notice.before');
  await subscribe(endpoint, `/groups/${known.allContractors}/members`);
  await call('PATCH', `/users/${before}`, { jobTitle: 'Engineer' });
  await call('PATCH', `/groups/${known.allContractors}`, { description: 'Everyone from outside' });
  await call('POST', `/groups/${known.platformTeam}/members/$ref`, reference(before));
  await call('POST', `/groups/${known.allContractors}/members/$ref`, reference(before));
  await call('DELETE', `/groups/${known.allContractors}/members/${before}/$ref`);
  const notices = await arrived(endpoint, 2);
  expect(notices.map(({ resource, resourceData }) => [resource, resourceData['members@delta']])).toEqual([
    [`Groups/${known.allContractors}`, [{ id: before }]],
    [`Groups/${known.allContractors}`, [{ id: before, '@removed': 'deleted' }]],
  ]);
});

test('several changes come in one post', async () => {
  const endpoint = await aNoticeEndpoint();
  await subscribe(endpoint, '/users');
  world().changeSettings({ graph: { notifications: { paused: true } } });
  for (const number of [1, 2, 3]) await call('PATCH', `/users/${known.contractor}`, { jobTitle: `Number ${number}` });
  const backlog = async () => (await control('GET', '/graph/notifications')).body as { readonly changes: number; readonly notices: number };
  await eventually(async () => ((await backlog()).notices === 3 ? true : undefined));
  expect(endpoint.posts).toEqual([]);
  world().changeSettings({ graph: { notifications: { paused: false } } });
  await arrived(endpoint, 3);
  await eventually(async () => ((await backlog()).notices === 0 ? true : undefined));
  expect(await backlog()).toEqual({ changes: 0, notices: 0, nextDueAt: null });
  expect(endpoint.posts).toHaveLength(1);
});

test('an answer other than 2xx is followed by another attempt, later each time, by the time of the world', async () => {
  const endpoint = await aNoticeEndpoint({ statuses: [500, 404] });
  await subscribe(endpoint, `/users/${known.contractor}`);
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Retried' });
  for (const posts of [1, 2]) {
    await eventually(() => (endpoint.posts.length === posts ? true : undefined));
    world().clock.setOffset(posts * 60_000);
  }
  await eventually(() => (endpoint.posts.length === 3 ? true : undefined));
  expect(new Set(endpoint.notices().map((notice) => JSON.stringify(notice))).size).toBe(1);
  world().clock.setOffset(0);
});

test('a notice that could not be delivered for four hours is lost', async () => {
  const endpoint = await aNoticeEndpoint({ statuses: [500, 500] });
  await subscribe(endpoint, `/users/${known.contractor}`);
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Lost' });
  await arrived(endpoint, 1);
  world().clock.setOffset(4 * hourMs + 60_000);
  await eventually(() => (endpoint.posts.length === 2 ? true : undefined));
  await settled('lost');
  world().clock.setOffset(0);
});

test('a deleted subscription tells nothing any more, not even what was waiting', async () => {
  const endpoint = await aNoticeEndpoint();
  const id = await subscribe(endpoint, `/users/${known.contractor}`);
  world().changeSettings({ graph: { notifications: { paused: true } } });
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Cancelled' });
  await settled('pending');
  await call('DELETE', `/subscriptions/${id}`);
  await settled('cancelled');
  expect((await control('GET', '/graph/notifications')).body).toMatchObject({ notices: 0 });
});

test('notices that are waiting survive the end of the process', async () => {
  const endpoint = await aNoticeEndpoint();
  await subscribe(endpoint, `/users/${known.contractor}`);
  world().changeSettings({ graph: { notifications: { paused: true } } });
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Survivor' });
  await restart();
  expect(endpoint.posts).toEqual([]);
  world().changeSettings({ graph: { notifications: { paused: false } } });
  expect(await arrived(endpoint, 1)).toHaveLength(1);
});

test('a fault on the delivery keeps a post back, or loses its answer so that it comes twice', async () => {
  const endpoint = await aNoticeEndpoint();
  await subscribe(endpoint, `/users/${known.contractor}`);
  world().faults.add({ system: 'graph', operation: 'notifications.deliver', nth: 1, times: 1, phase: 'after', effect: { reset: true } });
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Twice' });
  await arrived(endpoint, 1);
  world().clock.setOffset(60_000);
  expect(await arrived(endpoint, 2)).toHaveLength(2);
  world().clock.setOffset(0);
});

test('what is dropped, doubled, delayed and shuffled is decided by the seed, about as often as was asked', () => {
  const settings = { ...calm, dropPercent: 20, duplicatePercent: 10, delayMs: 500, shuffle: true };
  const fates = (seed: number) => Array.from({ length: 2000 }, (_, number) => fateOf({ ...settings, seed }, `/users ${number}`));
  expect(fates(7)).toEqual(fates(7));
  expect(fates(7)).not.toEqual(fates(8));
  const dropped = fates(7).filter(({ isDropped }) => isDropped).length;
  const doubled = fates(7).filter(({ delaysMs }) => delaysMs.length === 2).length;
  expect([dropped > 340 && dropped < 460, doubled > 140 && doubled < 260]).toEqual([true, true]);
  const firsts = fates(7).map(({ delaysMs }) => delaysMs[0] ?? 0);
  expect(firsts).not.toEqual(firsts.toSorted((left, right) => left - right));
  expect(Math.min(...firsts)).toBeGreaterThanOrEqual(500);
});

test('a dropped notice never comes, a doubled one comes twice', async () => {
  const endpoint = await aNoticeEndpoint();
  await subscribe(endpoint, `/users/${known.contractor}`);
  world().changeSettings({ graph: { notifications: { dropPercent: 100 } } });
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Never told' });
  await settled('dropped');
  world().changeSettings({ graph: { notifications: { dropPercent: 0, duplicatePercent: 100 } } });
  await call('PATCH', `/users/${known.contractor}`, { jobTitle: 'Told twice' });
  expect(await arrived(endpoint, 2)).toHaveLength(2);
});

test('reauthorization is asked for on demand, and once when the end is near', async () => {
  const endpoint = await aNoticeEndpoint();
  const id = await subscribe(endpoint, '/users', { lifecycleNotificationUrl: endpoint.url });
  expect((await control('POST', '/graph/reauthorization', {})).body).toEqual({ asked: [id] });
  const [asked] = await arrived(endpoint, 1);
  expect(asked).toMatchObject({ lifecycleEvent: 'reauthorizationRequired', subscriptionId: id, clientState: 'between-us' });
  const expirationDateTime = new Date(world().now() + 10 * hourMs).toISOString();
  await call('PATCH', `/subscriptions/${id}`, { expirationDateTime });
  world().clock.setOffset(9.5 * hourMs);
  await arrived(endpoint, 2);
  for (const total of [3, 4]) {
    await call('PATCH', `/users/${known.contractor}`, { jobTitle: `After the reminder, ${total}` });
    await arrived(endpoint, total);
  }
  expect(endpoint.notices().map(({ lifecycleEvent }) => lifecycleEvent !== undefined)).toEqual([true, true, false, false]);
  world().clock.setOffset(0);
});

test('what another administrator does by hand is told, and is no call of the application', async () => {
  const endpoint = await aNoticeEndpoint();
  const id = await newUser('by.hand', { accountEnabled: false });
  await subscribe(endpoint, '/users');
  const { writes } = world().requests.counters().graph;
  expect((await control('POST', `/graph/users/${id}`, { accountEnabled: true })).body).toEqual({ id });
  expect((await control('POST', `/graph/users/${known.privileged}`, { accountEnabled: true })).status).toBe(200);
  expect((await control('POST', `/graph/users/${known.employee}`, { jobTitle: 'Mastered by AD' })).status).toBe(400);
  expect((await control('POST', `/graph/users/${id}`, { shoeSize: 43 })).status).toBe(400);
  expect((await control('POST', `/graph/groups/${known.privilegedOperators}/members`, { user: id })).status).toBe(200);
  expect((await control('POST', `/graph/groups/${known.portugal}/members`, { user: id })).status).toBe(400);
  expect((await control('DELETE', `/graph/groups/${known.privilegedOperators}/members/${id}`)).status).toBe(200);
  expect((await call('GET', `/users/${id}?$select=accountEnabled`)).body.accountEnabled).toBe(true);
  expect((await arrived(endpoint, 1)).map(({ resourceData }) => resourceData.id)).toEqual([id]);
  expect(world().requests.counters().graph.writes).toBe(writes);
});

test('a subscription that was made after a change is not told of it, even while an older one still has to be', () => {
  const other = temporaryWorld();
  prepareGraph(other);
  const subscribed = (id: string, resource: string): void =>
    putSubscription(
      other.database,
      {
        id,
        resource,
        changeType: 'updated',
        clientState: null,
        notificationUrl: 'http://127.0.0.1:1/',
        lifecycleNotificationUrl: null,
        expirationDateTime: new Date(other.now() + hourMs).toISOString(),
        applicationId: id,
        creatorId: id,
        latestSupportedTlsVersion: null,
        notificationQueryOptions: null,
      },
      other.now(),
    );
  subscribed('older', '/users');
  changeUserByHand(other, known.contractor, { jobTitle: 'Changed in between' });
  subscribed('younger', `/users/${known.contractor}`);
  queueNotices(other);
  expect(listNotices(other.database)).toMatchObject([{ subscriptionId: 'older', state: 'pending' }]);
});
