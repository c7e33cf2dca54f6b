import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { company } from '../../sandbox/company/company.ts';
import { required } from '../contracts/expected.ts';
import { type Gatehouse, until } from '../support/product.ts';
import { untilRun } from './runs.ts';

const last = z.object({
  sweep: z.object({ id: z.string(), endedAt: z.string().nullable(), found: z.number(), repaired: z.number() }).nullable(),
});
const recorded = z.array(z.object({ operation: z.string().nullish() }));
const asked = z.object({ sweepId: z.string(), state: z.string() });
const users = z.object({ users: z.array(z.object({ id: z.string(), accountEnabled: z.boolean() })) });
const oneOf = required(company.find(({ workerId }) => workerId === '20003'));

/** The leaver sweep: the orchestration on the host, its timer, and the run that closes what it found. Leaves the tenant's notices paused. */
export function openedAccountsAreFound(gatehouse: () => Gatehouse): void {
  describe('An account that was enabled again behind our back', { timeout: 90_000 }, () => {
    const sweepOf = async () => last.parse(await gatehouse().product.ask('/api/sweep')).sweep;
    const sweepNow = async () => {
      const token = await gatehouse().token({ client: 'operator' });
      const response = await gatehouse().request('/api/sweep', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      return asked.parse(await response.json()).sweepId;
    };
    /** How often the tenant's users were listed as a whole. */
    const listings = async () => {
      const requests = recorded.parse(await gatehouse().world.get('/requests/graph?since=0'));
      return requests.filter(({ operation }) => operation === 'users.list').length;
    };
    const isEnabled = async () =>
      users.parse(await gatehouse().world.get('/state/graph')).users.find(({ id }) => id === oneOf.entraId)?.accountEnabled;
    const untilEnded = (id: string) =>
      until('the sweep has ended', async () => (await sweepOf())?.id === id && (await sweepOf())?.endedAt !== null, sweepOf);

    it('is found by the sweep and closed; the night’s sweep happens once, however often its timer fires', async () => {
      const now = new Date().toISOString();
      await gatehouse().change(oneOf.workerId, { status: 'terminated', lastDay: now.slice(0, 10), accessEnds: now });
      await untilRun(gatehouse(), oneOf.workerId, 'done', 'leaver-contain');
      await untilRun(gatehouse(), oneOf.workerId, 'done', 'leaver-strip');
      await gatehouse().world.post('/settings', { graph: { notifications: { paused: true } } });
      await gatehouse().world.post(`/graph/users/${oneOf.entraId}`, { accountEnabled: true });
      await untilEnded(await sweepNow());
      expect(await sweepOf()).toMatchObject({ found: 1, repaired: 1 });
      await until('it is closed', async () => (await isEnabled()) === false);
      const before = await listings();
      await gatehouse().runTimer('sweep-leavers-nightly');
      await untilEnded(`sweep-${new Date().toISOString().slice(0, 10)}`);
      await gatehouse().runTimer('sweep-leavers-nightly');
      // One that was asked for comes after it.
      await untilEnded(await sweepNow());
      expect(await listings()).toBe(before + 2);
    });

    it('can be looked for by an operator only', async () => {
      const token = await gatehouse().token({ client: 'reader' });
      const response = await gatehouse().request('/api/sweep', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
      expect(response.status).toBe(403);
    });
  });
}
