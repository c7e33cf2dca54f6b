import { expect, test } from 'vitest';
import { graphState } from '../../../sandbox/graph/graph-state.ts';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call, newUser, world } = tenantForFile();
const passes = (id: string) => `/users/${id}/authentication/temporaryAccessPassMethods`;

test('the code of a pass is in the answer that creates it and nowhere else', async () => {
  const id = await newUser('pass.once');
  const created = await call('POST', passes(id), { lifetimeInMinutes: 60, isUsableOnce: true });
  const code = created.body.temporaryAccessPass ?? '';
  expect([created.status, created.body.isUsable, created.body.methodUsabilityReason]).toEqual([201, true, 'EnabledByPolicy']);
  expect((await call('GET', `${passes(id)}/${created.body.id}`)).body.temporaryAccessPass).toBeNull();
  expect(world().secrets.list()).toContainEqual({ system: 'graph', kind: 'temporaryAccessPass', value: code });
  expect(JSON.stringify(world().requests.since('graph', 0))).not.toContain(code);
  expect(JSON.stringify(graphState(world()))).not.toContain(code);
});

test('a new pass replaces the one before', async () => {
  const id = await newUser('pass.twice');
  const first = await call('POST', passes(id), {});
  const second = await call('POST', passes(id), {});
  expect((await call('GET', passes(id))).body.value.map((pass) => pass.id)).toEqual([second.body.id]);
  expect((await call('GET', `${passes(id)}/${first.body.id}`)).status).toBe(404);
});

test('a pass is not usable before its start nor after its end, by the time of the world', async () => {
  const id = await newUser('pass.later');
  const startDateTime = new Date(world().now() + 3_600_000).toISOString();
  expect((await call('POST', passes(id), { startDateTime, lifetimeInMinutes: 30 })).body).toMatchObject({
    isUsable: false,
    methodUsabilityReason: 'NotYetValid',
  });
  world().clock.setOffset(3_700_000);
  expect((await call('GET', passes(id))).body.value[0]).toMatchObject({ isUsable: true });
  world().clock.setOffset(3_600_000 + 31 * 60_000);
  expect((await call('GET', passes(id))).body.value[0]).toMatchObject({ isUsable: false, methodUsabilityReason: 'Expired' });
  world().clock.setOffset(0);
});

test("a lifetime outside the tenant's policy is refused in the service's words", async () => {
  const id = await newUser('pass.short');
  const { status, body } = await call('POST', passes(id), { lifetimeInMinutes: 5 });
  expect([status, body.error.code, body.error.message]).toEqual([
    400,
    'badRequest',
    'Invalid LifetimeInMinutes specified. The valid range between 10 and 43200.',
  ]);
});

test('a pass is deleted once', async () => {
  const id = await newUser('pass.deleted');
  const { body } = await call('POST', passes(id), {});
  expect((await call('DELETE', `${passes(id)}/${body.id}`)).status).toBe(204);
  expect((await call('DELETE', `${passes(id)}/${body.id}`)).status).toBe(404);
});

test('a newcomer has a password only, someone who works here an authenticator too, which can be removed', async () => {
  const types = async (id: string) =>
    (await call('GET', `/users/${id}/authentication/methods`)).body.value.map((method) => Object.entries(method)[0]?.[1]);
  expect(await types(await newUser('no.methods'))).toEqual(['#microsoft.graph.passwordAuthenticationMethod']);
  expect(await types(known.chief)).toContain('#microsoft.graph.microsoftAuthenticatorAuthenticationMethod');
  const path = `/users/${known.chief}/authentication/microsoftAuthenticatorMethods`;
  const [method] = (await call('GET', path)).body.value;
  expect((await call('DELETE', `${path}/${method?.id ?? ''}`)).status).toBe(204);
  expect(await types(known.chief)).toEqual(['#microsoft.graph.passwordAuthenticationMethod']);
});
