import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { graphNotifications } from '../../../functions/http/graph-notifications.ts';
import { followNotices } from '../../../shared/operations/graph-notices/follow-notices.ts';
import { keepSubscriptions } from '../../../shared/operations/graph-notices/keep-subscriptions.ts';
import type { Notice } from '../../../shared/ports/queue.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../../support/product-on-sandbox.ts';
import { until } from '../../support/product.ts';
import { type NoticeDoor, noticeDoor } from './notice-door.ts';

const dayMs = 86_400_000;
const state = z.object({
  subscriptions: z.array(
    z.looseObject({
      id: z.string(),
      resource: z.string(),
      notificationUrl: z.string(),
      expirationDateTime: z.string(),
      clientState: z.string().nullish(),
    }),
  ),
});

let on: ProductOnSandbox;
let door: NoticeDoor;
beforeAll(async () => {
  door = await noticeDoor();
  on = await startProductOnSandbox({ GATEHOUSE_PUBLIC_URL: door.url });
  door.open(graphNotifications(on.product));
}, 120_000);
afterAll(async () => {
  await on.stop();
  await door.stop();
});

const rows = () => on.operations.registry.stores.graphDoor;
const deps = () => on.product.graphNotices;
const inTenant = async () => state.parse(await (await fetch(`${on.sandbox.urls.control}/state/graph`)).json()).subscriptions;
const written = (): number =>
  on.count('graph', 'subscriptions.create') + on.count('graph', 'subscriptions.update') + on.count('graph', 'subscriptions.delete');
/** Moves the world on, and waits until the product knows. */
async function pass(days: number): Promise<void> {
  const until_ = on.operations.clock.now() + days * dayMs;
  await fetch(`${on.sandbox.urls.control}/clock`, { method: 'POST', body: JSON.stringify({ advance: `P${days}D` }) });
  await until('the product knows the time', () => Promise.resolve(on.operations.clock.now() >= until_));
}
const notice = async (resource: string, also: Partial<Notice> = {}): Promise<Notice> => {
  const known = (await rows().subscriptions()).find((one) => one.resource === resource);
  return { subscriptionId: known?.id ?? '', stateHash: known?.stateHash ?? '', lifecycle: null, count: 1, ...also };
};
const counts = async () => Object.fromEntries((await rows().noticeCounts()).map(({ fate, count }) => [fate, count]));

describe('Subscriptions to a tenant’s changes', () => {
  it('are ordered once for users and once for groups, after the tenant has had its answer from both addresses', async () => {
    const ordered = await keepSubscriptions(deps());
    expect(ordered.map(({ resource }) => resource)).toEqual(['users', 'groups']);
    const there = await inTenant();
    expect(there.map(({ resource, notificationUrl }) => `${resource} ${notificationUrl}`).toSorted()).toEqual([
      `groups ${door.url}/api/graph/notifications`,
      `users ${door.url}/api/graph/notifications`,
    ]);
    expect(there.map((one) => one['lifecycleNotificationUrl'])).toEqual(Array.from({ length: 2 }, () => `${door.url}/api/graph/lifecycle`));
    expect(await keepSubscriptions(deps())).toEqual([]);
    expect(on.count('graph', 'subscriptions.create')).toBe(2);
  });

  it('carry a client state of their own, of which the registry keeps a hash alone', async () => {
    const sent = on.sandbox.world.database.prepare('SELECT * FROM graph_subscriptions').all();
    const states = [...JSON.stringify(sent).matchAll(/clientState[\\\\]*":[\\\\]*"([A-Za-z0-9_-]{43})/g)].map(([, value]) => value);
    expect(new Set(states).size).toBe(2);
    const kept = JSON.stringify(await rows().subscriptions());
    for (const one of states) expect(kept).not.toContain(one);
  });

  it('are looked for once an hour, and prolonged when less than half of their life is left', async () => {
    const before = written();
    await pass(1);
    expect(await keepSubscriptions(deps())).toEqual([]);
    const looked = on.count('graph', 'subscriptions.list');
    await keepSubscriptions(deps());
    expect([written(), on.count('graph', 'subscriptions.list')]).toEqual([before, looked]);
    await pass(14);
    expect(await keepSubscriptions(deps())).toEqual([]);
    expect(on.count('graph', 'subscriptions.update')).toBe(2);
    for (const { expirationDateTime } of await inTenant())
      expect(Date.parse(expirationDateTime) - on.operations.clock.now()).toBeGreaterThan(27 * dayMs);
  });

  it('are prolonged at once when the tenant asks for it', async () => {
    await pass(2);
    const before = on.count('graph', 'subscriptions.update');
    await followNotices(deps(), [await notice('users', { lifecycle: 'reauthorizationRequired' })]);
    expect(on.count('graph', 'subscriptions.update')).toBe(before + 1);
    const users = (await inTenant()).find(({ resource }) => resource === 'users');
    expect(Date.parse(users?.expirationDateTime ?? '') - on.operations.clock.now()).toBeGreaterThan(27 * dayMs);
  });

  it('that are gone are ordered again, and what may have been missed is named', async () => {
    const client = deps().subscriptions.get('entra:contoso');
    const { subscriptionId } = await notice('groups');
    await client?.remove(subscriptionId, AbortSignal.timeout(5000));
    await pass(1);
    expect(await keepSubscriptions(deps())).toEqual([{ target: 'entra:contoso', resource: 'groups' }]);
    expect((await notice('groups')).subscriptionId).not.toBe(subscriptionId);
    expect(await inTenant()).toHaveLength(2);
  });

  it('that nobody knows any more, after a lost answer say, make way for new ones', async () => {
    const lost = await notice('users');
    await on.operations.registry.transaction((stores) =>
      stores.graphDoor.forgetSubscription({ target: 'entra:contoso', resource: 'users' }),
    );
    expect(await keepSubscriptions(deps())).toEqual([{ target: 'entra:contoso', resource: 'users' }]);
    const ids = (await inTenant()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids).not.toContain(lost.subscriptionId);
  });

  it('are not ordered of a tenant that is only observed', async () => {
    const observing = { ...deps(), gate: { ...deps().gate, policy: { ...deps().gate.policy, mode: () => 'observe' as const } } };
    const before = written();
    await on.operations.registry.transaction((stores) =>
      stores.graphDoor.forgetSubscription({ target: 'entra:contoso', resource: 'users' }),
    );
    expect(await keepSubscriptions(observing)).toEqual([]);
    expect(written()).toBe(before);
    await keepSubscriptions(deps());
  });
});

describe('Notices', () => {
  it('of a subscription that is not ours, or without its client state, are counted and not heeded', async () => {
    const good = await notice('users');
    const looks = on.count('graph', 'users.delta');
    const other = good.stateHash.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await followNotices(deps(), [
      { ...good, stateHash: other, count: 3 },
      { ...good, subscriptionId: 'nobody-s' },
    ]);
    expect(on.count('graph', 'users.delta')).toBe(looks);
    expect(await counts()).toMatchObject({ 'wrong-client-state': 3, 'unknown-subscription': 1 });
    await followNotices(deps(), [good]);
    expect(on.count('graph', 'users.delta')).toBeGreaterThan(looks);
  });

  it('many at once of one resource are followed by a few readings', async () => {
    const good = await notice('groups');
    await followNotices(deps(), [good]);
    const looks = on.count('graph', 'groups.delta');
    await Promise.all(Array.from({ length: 20 }, () => followNotices(deps(), [good])));
    expect(on.count('graph', 'groups.delta') - looks).toBeLessThanOrEqual(10);
    expect(on.count('graph', 'groups.delta') - looks).toBeGreaterThanOrEqual(1);
  });

  it('are answered 503 when the queue does not take them, so that the tenant sends them again', async () => {
    const body = JSON.stringify({ value: [{ subscriptionId: 'x', clientState: 'y' }] });
    const response = await fetch(`${door.url}/api/graph/notifications`, { method: 'POST', body });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  });
});
