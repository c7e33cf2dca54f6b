import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, until } from '../support/product.ts';
import { accountsOf, sentMails } from './accounts.ts';
import { runsOf, stepsOf, untilRun } from './runs.ts';
import { employee } from './workers.ts';

const counts = z.object({ counts: z.object({ received: z.number() }) });
const faults = z.array(z.object({ operation: z.string(), fired: z.number() }));

/** What changes, comes late or is away while somebody is joining. */
export function changesAreTakenIn(stage: () => Gatehouse): void {
  describe('While somebody joins', () => {
    it('a manager who is not known yet leaves a gap, and is joined in every system when they appear', async () => {
      await stage().tell(employee('11020', { name: { given: 'Tess', family: 'Early' }, managerId: '11021' }));
      const run = await untilRun(stage(), '11020', 'done-with-gaps');
      const { steps } = await stepsOf(stage(), run.id);
      expect(steps.filter(({ gaps }) => gaps > 0).map(({ stepId }) => stepId)).toEqual(['welcome-to-manager']);
      expect(steps.find(({ stepId }) => stepId === 'ad-account')?.summary).toContain('The manager 11021 has no account');
      expect((await accountsOf(stage(), '11020')).ad?.managerDn).toBe('');
      // Nobody else could hand the pass over, so the help desk is told of it, and an operator may see it.
      const toHelpDesk = (await sentMails(stage())).filter(({ to }) => to.includes('helpdesk@contoso.example'));
      expect(toHelpDesk.filter(({ content }) => content.includes('/passes/'))).toHaveLength(1);
      const path = `/passes/${steps.find(({ stepId }) => stepId === 'pass')?.changes[0]?.changeId ?? ''}`;
      const operator = { Authorization: `Bearer ${await stage().token({ client: 'operator' })}` };
      expect((await stage().request(path, { method: 'POST', headers: operator })).status).toBe(200);

      await stage().tell(employee('11021', { name: { given: 'Bo', family: 'Later' } }));
      await untilRun(stage(), '11020', 'done', 'link-manager');
      const manager = await accountsOf(stage(), '11021');
      const report = await accountsOf(stage(), '11020');
      expect([report.ad?.managerDn, report.oci?.managerId]).toEqual([manager.ad?.dn, manager.oci?.id]);
      await until(
        'the sync has carried the manager to Entra',
        async () => (await accountsOf(stage(), '11020')).entra?.manager === manager.entra?.id,
      );
    });

    it('a correction takes the place of what is under way, and there is still one account in each system', async () => {
      await stage().world.post('/settings', { cloudSync: { paused: true } });
      await stage().tell(employee('11022', { name: { given: 'Cora', family: 'Rekt' }, jobTitle: 'Engineeer' }));
      await until('there is an account in AD', async () => (await accountsOf(stage(), '11022')).counts.ad === 1);
      await until('OCI has it too', async () => (await accountsOf(stage(), '11022')).counts.oci === 1);
      await stage().tell(employee('11022', { name: { given: 'Cora', family: 'Rekt' }, jobTitle: 'Engineer' }));
      await until('there are two runs', async () => (await runsOf(stage(), '11022')).length === 2);
      await stage().world.post('/settings', { cloudSync: { paused: false } });
      await untilRun(stage(), '11022', 'done');
      expect((await runsOf(stage(), '11022')).map(({ state }) => state)).toEqual(['done', 'superseded']);
      const found = await accountsOf(stage(), '11022');
      expect(found.counts).toEqual({ ad: 1, entra: 1, oci: 1 });
      expect([found.ad?.title, found.entra?.jobTitle]).toEqual(['Engineer', 'Engineer']);
      expect(found.passes).toHaveLength(1);
    });

    it('an event that comes while HR cannot be read is not lost: it waits, and is worked on when HR is back', async () => {
      await stage().world.post('/faults', {
        system: 'hr',
        operation: 'workers.get',
        object: '11023',
        times: 1000,
        effect: { status: 503 },
      });
      await stage().world.hire(employee('11023', { name: { given: 'Hal', family: 'Rout' } }));
      await until('HR was asked in vain', async () => faults.parse(await stage().world.get('/faults')).some(({ fired }) => fired > 0));
      await until('the event is kept', async () => counts.parse(await stage().product.ask('/api/events')).counts.received === 1);
      expect((await accountsOf(stage(), '11023')).counts).toEqual({ ad: 0, entra: 0, oci: 0 });
      await fetch(`${stage().world.settings['GATEHOUSE_HR_URL'] ?? ''}/faults`, { method: 'DELETE' });
      await untilRun(stage(), '11023', 'done');
      expect((await accountsOf(stage(), '11023')).counts).toEqual({ ad: 1, entra: 1, oci: 1 });
    });

    it('what HR itself says counts, not what an event claims', async () => {
      await stage().world.hire(
        employee('11024', { name: { given: 'Vera', family: 'True' }, department: 'Finance', jobCode: 'FIN1', jobTitle: 'Accountant' }),
      );
      await untilRun(stage(), '11024', 'done');
      await stage().tell(
        employee('11024', { name: { given: 'Vera', family: 'Fake' }, department: 'Platform', jobTitle: 'Chief Executive Officer' }),
        { revision: 99 },
      );
      await until('the claim is worked on', async () => counts.parse(await stage().product.ask('/api/events')).counts.received === 0);
      const { ad } = await accountsOf(stage(), '11024');
      expect([ad?.title, ad?.groups]).toEqual(['Accountant', ['GG-Finance', 'GG-Office-LIS', 'GG-Staff']]);
      const person = z.object({ displayName: z.string() }).parse(await stage().product.ask('/api/people/11024'));
      expect(person.displayName).toBe('Vera True');
    });
  });
}
