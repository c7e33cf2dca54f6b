import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { company } from '../../sandbox/company/company.ts';
import { graphAdmin } from '../operations/graph-notices/graph-admin.ts';
import { type Gatehouse, until } from '../support/product.ts';

const platformTeam = 'a1000000-0000-4000-8000-000000000003';
const status = z.object({
  subscriptions: z.array(z.object({ id: z.string(), resource: z.string() })),
  streams: z.array(z.object({ resource: z.string(), isKnown: z.boolean() })),
  notices: z.record(z.string(), z.number()),
  changes: z.record(z.string(), z.number()),
});
const audit = z.object({ rows: z.array(z.object({ action: z.string(), detail: z.record(z.string(), z.unknown()) })) });
const inTenant = z.object({ notifications: z.array(z.looseObject({ state: z.string() })) });
const groupsOfUsers = z.object({ users: z.array(z.object({ id: z.string(), groups: z.array(z.string()) })) });
const membersOf = (group: string, state: unknown): readonly string[] =>
  groupsOfUsers.parse(state).users.flatMap(({ id, groups }) => (groups.includes(group) ? [id] : []));

/** Contractors are the cloud's own, so that anybody may change them there. */
const contractors = company.filter(({ workerId }) => workerId.startsWith('2')).map(({ entraId }) => entraId ?? '');

/** What the tenant tells of changes by hand. Runs on a company that nobody has touched. */
export function noticesAreHeeded(gatehouse: () => Gatehouse): void {
  describe('A tenant that tells of its changes', { timeout: 90_000 }, () => {
    const admin = () =>
      graphAdmin({
        urls: {
          control: gatehouse().world.settings['GATEHOUSE_HR_URL'] ?? '',
          graph: gatehouse().world.settings['GATEHOUSE_GRAPH_URL'] ?? '',
        },
      });
    const door = async () => status.parse(await gatehouse().product.ask('/api/graph'));
    const post = (body: unknown, query = '') =>
      gatehouse().request(`/api/graph/notifications${query}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    beforeAll(async () => {
      await gatehouse().runTimer('keep-graph-subscriptions');
      await until('it is subscribed, and everything is known', async () => {
        const { subscriptions, streams } = await door();
        return subscriptions.length === 2 && streams.length === 2 && streams.every(({ isKnown }) => isKnown);
      });
    }, 90_000);

    it('is given its handshake back as plain text on both routes, decoded, and nothing else of what it sent', async () => {
      const token = 'Validation: <b>a & b</b> + é';
      for (const route of ['notifications', 'lifecycle']) {
        const query = `?validationToken=${encodeURIComponent(token)}&other=%3Cscript%3E`;
        const response = await gatehouse().request(`/api/graph/${route}${query}`, { method: 'POST', body: 'anything' });
        expect([response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([
          200,
          'text/plain; charset=utf-8',
          'nosniff',
        ]);
        expect(await response.text()).toBe(token);
      }
    });

    it('is answered 202 before anything is looked at, whoever sends; what is no notice is refused', async () => {
      const [users] = (await door()).subscriptions.filter(({ resource }) => resource === 'users');
      const before = (await door()).notices;
      expect((await post({ value: [{ subscriptionId: users?.id, clientState: 'guessed' }] })).status).toBe(202);
      expect((await post({ value: [{ subscriptionId: 'unknown', clientState: 'x' }] })).status).toBe(202);
      await until('both are counted and not heeded', async () => {
        const { notices } = await door();
        const more = (fate: string) => (notices[fate] ?? 0) - (before[fate] ?? 0);
        return more('wrong-client-state') === 1 && more('unknown-subscription') === 1;
      });
      expect((await post('{')).status).toBe(400);
      expect((await post({ value: [] })).status).toBe(400);
      expect((await post({ value: Array.from({ length: 101 }, (_, id) => ({ subscriptionId: `s${id}` })) })).status).toBe(400);
      expect((await post(`{"value":[],"more":"${'x'.repeat(1_000_000)}"}`)).status).toBe(413);
    });

    it('has a change by hand noticed by its notice alone', async () => {
      const [id = ''] = contractors;
      const before = (await door()).changes['account-disabled'] ?? 0;
      await admin().enable(id, false);
      await until('it is noticed', async () => ((await door()).changes['account-disabled'] ?? 0) === before + 1);
      expect((await door()).notices['taken']).toBeGreaterThan(0);
    });

    it('misses nothing in the end when a fifth of the notices is dropped and others come late, twice and in another order', async () => {
      const notifications = { dropPercent: 20, duplicatePercent: 20, delayMs: 100, shuffle: true, seed: 7 };
      await gatehouse().world.post('/settings', { graph: { notifications } });
      const before = (await door()).changes;
      const changed = contractors.slice(1, 16);
      for (const id of changed) await admin().enable(id, false);
      const inIt = new Set(membersOf(platformTeam, await gatehouse().world.get('/state/graph')));
      const added = changed.filter((id) => !inIt.has(id));
      for (const id of added) await admin().addMember(platformTeam, id);
      await until('every notice has been sent or dropped', async () => {
        const { notifications: sent } = inTenant.parse(await gatehouse().world.get('/state/graph'));
        return sent.length > 20 && sent.every(({ state }) => state !== 'pending');
      });
      const { notifications: sent } = inTenant.parse(await gatehouse().world.get('/state/graph'));
      expect(sent.filter(({ state }) => state === 'dropped').length).toBeGreaterThan(2);
      await gatehouse().runTimer('follow-graph');
      const more = async (kind: string) => ((await door()).changes[kind] ?? 0) - (before[kind] ?? 0);
      const isAll = async () => (await more('account-disabled')) >= changed.length && (await more('member-added')) >= added.length;
      await until('all are noticed', isAll, door);
      expect([await more('account-disabled'), await more('member-added')]).toEqual([changed.length, added.length]);
      const page = audit.parse(await gatehouse().product.ask('/api/audit?limit=500'));
      const noticed = page.rows.filter(({ action }) => action === 'notice.account-disabled').map(({ detail }) => String(detail['object']));
      expect(noticed.toSorted()).toEqual([...contractors.slice(0, 1), ...changed].toSorted());
      expect(Object.keys((await door()).changes)).not.toContain('account-enabled');
    });
  });
}
