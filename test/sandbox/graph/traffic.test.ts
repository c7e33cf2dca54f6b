import { afterEach, expect, test } from 'vitest';
import { operations } from '../../../sandbox/graph/operations.ts';
import { checkExchange } from '../../../sandbox/graph/contract/check-exchange.ts';
import { graphState } from '../../../sandbox/graph/graph-state.ts';
import { openQuota } from '../../../sandbox/graph/http/quota.ts';
import { known, reference, tenantForFile } from './tenant-for-file.ts';

const tenant = tenantForFile();
const { call, newUser, world } = tenant;
const json = { 'Content-Type': 'application/json' };

afterEach(() => {
  world().changeSettings({ graph: { replicationDelayMs: 0, quota: 'published' } });
  world().faults.clear();
});

test('the items of a batch succeed and fail on their own, matched by id', async () => {
  const { status, body } = await call('POST', '/$batch', {
    requests: [
      { id: 'a', method: 'GET', url: `/users/${known.chief}?$select=id` },
      { id: 'b', method: 'PATCH', url: `users/${known.employee}`, headers: json, body: { jobTitle: 'X' } },
      { id: 'c', method: 'POST', url: `/groups/${known.platformTeam}/members/$ref`, headers: json, body: reference(known.contractor) },
    ],
  });
  expect(status).toBe(200);
  expect(Object.fromEntries(body.responses.map((item) => [item.id, item.status]))).toMatchObject({ a: 200, b: 400 });
  expect(body.responses.find(({ id }) => id === 'a')?.body.id).toBe(known.chief);
  expect(body.responses.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c']);
});

test('an item that depends on a failed one is answered 424', async () => {
  const { body } = await call('POST', '/$batch', {
    requests: [
      { id: '1', method: 'GET', url: '/users/nobody@contoso.example' },
      { id: '2', method: 'GET', url: `/users/${known.chief}`, dependsOn: ['1'] },
    ],
  });
  expect(Object.fromEntries(body.responses.map((item) => [item.id, item.status]))).toEqual({ 1: 404, 2: 424 });
});

test('a batch of more than 20, with repeated ids, an absolute URL, a body without Content-Type or a batch inside is refused whole', async () => {
  const get = (id: string, more: object = {}) => ({ id, method: 'GET', url: '/organization', ...more });
  const wrong = [
    Array.from({ length: 21 }, (_, index) => get(String(index))),
    [get('a'), get('A')],
    [get('1', { url: 'https://graph.microsoft.com/v1.0/organization' })],
    [get('1', { method: 'PATCH', url: `/users/${known.chief}`, body: { city: 'X' } })],
    [get('1', { method: 'POST', url: '/$batch', headers: json, body: { requests: [] } })],
  ];
  for (const requests of wrong) expect((await call('POST', '/$batch', { requests })).status).toBe(400);
});

test('an item of a batch has its own record and its own fault', async () => {
  world().faults.add({
    system: 'graph',
    operation: 'users.get',
    nth: 1,
    times: 1,
    phase: 'before',
    effect: { status: 429, retryAfter: 2.5 },
  });
  const { body } = await call('POST', '/$batch', { requests: [{ id: '1', method: 'GET', url: `/users/${known.chief}` }] });
  expect(body.responses[0]).toMatchObject({ status: 429, headers: { 'Retry-After': '2.5' } });
  expect(
    world()
      .requests.since('graph', 0)
      .slice(-2)
      .map(({ operation }) => operation),
  ).toEqual(['users.get', 'batch']);
});

test('a new user is a 404 for others until it is replicated, and its name is taken from the start', async () => {
  world().changeSettings({ graph: { replicationDelayMs: 60_000 } });
  const id = await newUser('slow.replica');
  for (const [method, path, body] of [
    ['GET', `/users/${id}`],
    ['PATCH', `/users/${id}`, { city: 'Porto' }],
    ['POST', `/groups/${known.platformTeam}/members/$ref`, reference(id)],
  ] as const) {
    expect((await call(method, path, body)).status).toBe(404);
  }
  await expect(newUser('slow.replica')).rejects.toThrow('userPrincipalName');
  world().clock.setOffset(61_000);
  expect((await call('GET', '/users/slow.replica@contoso.example')).body.id).toBe(id);
  world().clock.setOffset(0);
});

test('writes beyond the published quota are answered 429 with a Retry-After that is long enough and not much longer', async () => {
  const quota = openQuota();
  let now = 1_000_000;
  const slow = { ...world(), now: () => now };
  const write = () => quota.spend(slow, { units: 1, writes: 1 }, 60);
  for (let count = 0; count < 3000; count += 1) write();
  let retry = 0;
  try {
    write();
  } catch (error) {
    expect(error).toMatchObject({ status: 429, headers: { 'x-ms-throttle-information': 'WriteLimitExceeded' } });
    retry = Number((error as { headers: Record<string, string> }).headers['Retry-After']);
  }
  expect(retry).toBeCloseTo(0.05);
  now += retry * 1000 - 1;
  expect(write).toThrow('Too Many Requests');
  now += 1;
  expect(write()).toMatchObject({ 'x-ms-throttle-limit-percentage': '1.00' });
});

test('resource units are told in a header: selecting costs less, expanding more, writes one', async () => {
  const units = async (path: string) => (await call('GET', path)).headers.get('x-ms-resource-unit');
  expect(await units('/users')).toBe('2');
  expect(await units('/users?$select=id')).toBe('1');
  expect(await units(`/users?$expand=manager`)).toBe('3');
  expect(await units(`/groups/${known.platformTeam}/members?$top=5`)).toBe('2');
  expect((await call('PATCH', `/users/${known.contractor}`, { city: 'Faro' })).headers.get('x-ms-resource-unit')).toBe('1');
  expect(await units(`/users/${known.chief}/authentication/methods`)).toBeNull();
});

test('a lost answer leaves the user created; a fault before leaves nothing', async () => {
  world().faults.add({ system: 'graph', operation: 'users.create', nth: 1, times: 1, phase: 'after', effect: { reset: true } });
  await expect(newUser('answer.lost')).rejects.toThrow('fetch failed');
  expect((await call('GET', '/users/answer.lost@contoso.example')).status).toBe(200);
  world().faults.add({
    system: 'graph',
    operation: 'users.create',
    nth: 1,
    times: 1,
    phase: 'before',
    effect: { status: 503, retryAfter: 1 },
  });
  await expect(newUser('never.made')).rejects.toThrow('ServiceUnavailable');
  expect((await call('GET', '/users/never.made@contoso.example')).status).toBe(404);
});

test("every answer carries the request id, and the client's own id comes back", async () => {
  const { headers, body } = await call('GET', '/users/nobody@contoso.example', undefined, { 'client-request-id': 'mine-1' });
  expect(headers.get('client-request-id')).toBe('mine-1');
  expect(body.error.innerError).toMatchObject({ 'client-request-id': 'mine-1', 'request-id': headers.get('request-id') });
});

test("a body that is not JSON and a property that the contract does not have are refused in Graph's format", async () => {
  const broken = await fetch(`${tenant.url()}/v1.0/users/${known.contractor}`, {
    method: 'PATCH',
    headers: { ...json, Authorization: `Bearer ${tenant.token()}` },
    body: '{',
  });
  expect([broken.status, ((await broken.json()) as { error: { code: string } }).error.code]).toEqual([400, 'Request_BadRequest']);
  expect((await call('PATCH', `/users/${known.contractor}`, { shoeSize: 43 })).body.error.message).toContain('shoeSize');
  expect((await call('GET', `/users/${known.contractor}?$select=shoeSize`)).body.error.message).toContain("'shoeSize'");
  expect((await call('GET', '/users?$skip=1')).status).toBe(400);
  expect((await call('GET', '/users/$nonsense/x')).status).toBe(400);
});

test('every operation that reads answers within the contract', async () => {
  const ids: Readonly<Record<string, string>> = {
    'user-id': known.chief,
    'group-id': known.platformTeam,
    'directoryObject-id': known.chief,
    'mailFolder-id': 'inbox',
    'domain-id': 'contoso.example',
    'organization-id': '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4',
  };
  const paths = Object.keys(operations)
    .filter((key) => key.startsWith('GET '))
    .map((key) => key.slice(4).replaceAll(/\{([^}]+)\}/g, (_, name: string) => ids[name] ?? 'unknown'));
  for (const path of paths) {
    const { status, body } = await call('GET', path, undefined, { ConsistencyLevel: 'eventual' });
    expect([200, 404], `${path}: ${JSON.stringify(body).slice(0, 300)}`).toContain(status);
  }
});

test('everything that was exchanged in this file with success fits the contract', () => {
  const exchanges = world()
    .requests.since('graph', 0)
    .filter(({ path, status }) => path.startsWith('/v1.0') && status > 0 && status < 300);
  expect(exchanges.length).toBeGreaterThan(30);
  // Masked secrets are text where text was, so they fit as well.
  for (const exchange of exchanges) expect([exchange.path, ...checkExchange(exchange)]).toEqual([exchange.path]);
});

test('the tenant is the same after its process ended', async () => {
  const id = await newUser('survivor');
  await call('POST', `/users/${id}/authentication/temporaryAccessPassMethods`, {});
  const before = graphState(world());
  await tenant.restart();
  expect(graphState(world())).toEqual(before);
});
