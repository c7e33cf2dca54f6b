import { expect, test } from 'vitest';
import { aNoticeEndpoint, type EndpointManners } from './notice-endpoint.ts';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call, world } = tenantForFile();
const minuteMs = 60_000;
const inMinutes = (minutes: number): string => new Date(world().now() + minutes * minuteMs).toISOString();
const order = (notificationUrl: string, more: Readonly<Record<string, unknown>> = {}) => ({
  changeType: 'updated,deleted',
  resource: '/users',
  notificationUrl,
  expirationDateTime: inMinutes(60),
  clientState: 'between-us',
  ...more,
});
const removeAll = async (): Promise<void> => {
  for (const { id } of (await call('GET', '/subscriptions')).body.value) await call('DELETE', `/subscriptions/${id}`);
};

test('a subscription is made after a handshake with both addresses, read, renewed, reauthorized and deleted', async () => {
  const endpoint = await aNoticeEndpoint();
  const wanted = order(endpoint.url, { lifecycleNotificationUrl: `${endpoint.url}/lifecycle` });
  const created = await call('POST', '/subscriptions', wanted);
  expect([created.status, created.body]).toEqual([201, expect.objectContaining(wanted)]);
  expect(endpoint.tokens).toHaveLength(2);
  const path = `/subscriptions/${created.body.id}`;
  expect((await call('GET', path)).body).toMatchObject({ resource: '/users', clientState: null });
  expect((await call('GET', '/subscriptions')).body.value).toHaveLength(1);
  const later = inMinutes(41_759);
  expect((await call('PATCH', path, { expirationDateTime: later })).body).toMatchObject({ expirationDateTime: later });
  expect((await call('POST', `${path}/reauthorize`)).status).toBe(204);
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', path)).status).toBe(404);
  expect(JSON.stringify(world().requests.since('graph', 0))).not.toContain('between-us');
});

test.each<[string, EndpointManners['validation']]>([
  ['an error', () => ({ status: 500 })],
  ['202, as a notice is answered', () => ({ status: 202 })],
  ['another type than plain text', () => ({ type: 'application/json' })],
  ['the token still encoded', (token) => ({ text: encodeURIComponent(token) })],
  ['the token escaped for HTML', (token) => ({ text: token.replace('<', '&lt;') })],
])('an address that answers the handshake with %s is refused', async (_, validation) => {
  const endpoint = await aNoticeEndpoint(validation === undefined ? {} : { validation });
  const { status, body } = await call('POST', '/subscriptions', order(endpoint.url));
  expect([status, body.error.code]).toEqual([400, 'ValidationError']);
  expect((await call('GET', '/subscriptions')).body.value).toEqual([]);
});

test('an address where nobody listens, and one that is not https off loopback, are refused', async () => {
  expect((await call('POST', '/subscriptions', order('http://127.0.0.1:1/notes'))).body.error.code).toBe('ValidationError');
  expect((await call('POST', '/subscriptions', order('http://example.net/notes'))).status).toBe(400);
  const endpoint = await aNoticeEndpoint();
  const lifecycleNotificationUrl = 'http://example.net/notes';
  expect((await call('POST', '/subscriptions', order(endpoint.url, { lifecycleNotificationUrl }))).status).toBe(400);
  expect(endpoint.tokens).toEqual([]);
});

test('a life of more than 41,760 minutes, one that is over, resource data, and other resources are refused', async () => {
  const { url } = await aNoticeEndpoint();
  const wrong = [
    { expirationDateTime: inMinutes(41_761) },
    { expirationDateTime: inMinutes(-1) },
    { includeResourceData: true },
    { resource: '/me/messages' },
    { changeType: 'created' },
    { clientState: 'x'.repeat(129) },
  ];
  for (const more of wrong) expect((await call('POST', '/subscriptions', order(url, more))).status).toBe(400);
});

test('a life shorter than 45 minutes is made that long', async () => {
  const { url } = await aNoticeEndpoint();
  const { body } = await call('POST', '/subscriptions', order(url, { expirationDateTime: inMinutes(1) }));
  const { expirationDateTime } = body as unknown as { readonly expirationDateTime: string };
  expect(Date.parse(expirationDateTime)).toBeGreaterThan(world().now() + 44 * minuteMs);
  await removeAll();
});

test('an expired subscription is gone', async () => {
  const { url } = await aNoticeEndpoint();
  const { body } = await call('POST', '/subscriptions', order(url));
  world().clock.setOffset(61 * minuteMs);
  expect((await call('GET', '/subscriptions')).body.value).toEqual([]);
  expect((await call('PATCH', `/subscriptions/${body.id}`, { expirationDateTime: inMinutes(60) })).status).toBe(404);
  world().clock.setOffset(0);
  await removeAll();
});

test('the same resource and change types a second time are a conflict that names the first, and the 101st subscription is forbidden', async () => {
  const { url } = await aNoticeEndpoint();
  const first = await call('POST', '/subscriptions', order(url));
  const same = await call('POST', '/subscriptions', order(url, { resource: 'users', changeType: 'deleted,updated' }));
  expect([same.status, same.body.error.message]).toEqual([
    409,
    `Subscription Id ${first.body.id} already exists for the requested combination`,
  ]);
  const statuses = [];
  for (let number = 1; number <= 100; number += 1)
    statuses.push((await call('POST', '/subscriptions', order(url, { resource: `/groups/${known.allEmployees}${number}` }))).status);
  expect([new Set(statuses.slice(0, 99)), statuses[99]]).toEqual([new Set([201]), 403]);
  await removeAll();
});
