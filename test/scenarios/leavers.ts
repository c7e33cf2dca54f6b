import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, until } from '../support/product.ts';
import { accountsOf } from './accounts.ts';
import { runsOf, untilRun } from './runs.ts';
import { dayIn } from './workers.ts';

const claimed = z.object({
  steps: z.array(z.object({ stepId: z.string(), claim: z.object({ is: z.string(), claims: z.string() }).nullable() })),
});
const leaversUnit = 'fc000000-0000-4000-8000-000000000002';
const monthMs = 30 * 86_400_000;

/** Somebody of the company leaves: shut, stripped, and to be deleted. */
export function leaversAreShut(stage: () => Gatehouse): void {
  describe('Somebody whose last day is past', () => {
    it('is shut in every system, loses what they had, and is deleted after a month', async () => {
      const before = await accountsOf(stage(), '10016');
      expect(before.counts).toEqual({ ad: 1, entra: 1, oci: 1 });
      await stage().change('10016', { status: 'terminated', lastDay: dayIn('America/New_York', -1) });
      const contained = await untilRun(stage(), '10016', 'done', 'leaver-contain');
      const { steps } = claimed.parse(await stage().product.ask(`/api/runs/${contained.id}`));
      const last = steps.filter(({ stepId }) => stepId.startsWith('confirm-')).map(({ claim }) => [claim?.is, claim?.claims]);
      expect(last).toEqual([
        ['closed', expect.stringMatching(/^closed on/)],
        ['closed', 'new sign-in closed'],
        ['closed', 'closed'],
      ]);
      await until('what they had is taken away', async () => {
        const strip = (await runsOf(stage(), '10016')).find(({ workflow }) => workflow === 'leaver-strip');
        return strip?.state === 'done' || strip?.state === 'done-with-gaps';
      });
      const after = await accountsOf(stage(), '10016');
      expect([after.ad?.isEnabled, after.entra?.accountEnabled, after.oci?.isActive]).toEqual([false, false, false]);
      expect([after.ad?.groups, after.oci?.groups, after.entra?.licences]).toEqual([[], [], []]);
      expect(after.ad?.dn).toContain('OU=Leavers');
      expect(after.passes).toEqual([]);
      // Their own telephone is gone, and the group that they owned is their manager's.
      expect([before.entra?.devices.length, before.entra?.owns.length]).toEqual([1, 1]);
      expect(after.entra).toMatchObject({ devices: [], owns: [], units: [leaversUnit] });
      expect((await accountsOf(stage(), '10007')).entra?.owns).toEqual(before.entra?.owns);
      const deletion = (await runsOf(stage(), '10016')).find(({ workflow }) => workflow === 'leaver-delete');
      expect(deletion?.state).toBe('planned');
      expect(Date.parse(deletion?.dueAt ?? '') - Date.now()).toBeGreaterThan(monthMs - 2 * 86_400_000);
    });

    it('and who stays after all gets back what was taken, and can work again', async () => {
      const before = await accountsOf(stage(), '10014');
      await stage().change('10014', { status: 'terminated', lastDay: dayIn('Europe/Lisbon', -1) });
      await until('what they had is taken away', async () => {
        const strip = (await runsOf(stage(), '10014')).find(({ workflow }) => workflow === 'leaver-strip');
        return strip?.state === 'done' || strip?.state === 'done-with-gaps';
      });
      const leaver = (await accountsOf(stage(), '10014')).entra;
      expect(leaver).toMatchObject({ devices: [{ accountEnabled: false }], units: [leaversUnit] });
      await stage().change('10014', { status: 'active', lastDay: null });
      await until('the termination is withdrawn', async () => {
        const withdrawn = (await runsOf(stage(), '10014')).find(({ workflow }) => workflow === 'withdrawn');
        return withdrawn?.state === 'done' || withdrawn?.state === 'done-with-gaps';
      });
      await until(
        'the sync has opened the account in Entra',
        async () => (await accountsOf(stage(), '10014')).entra?.accountEnabled === true,
      );
      const after = await accountsOf(stage(), '10014');
      expect([after.ad?.isEnabled, after.oci?.isActive]).toEqual([true, true]);
      expect(after.ad?.dn).toBe(before.ad?.dn);
      expect([after.ad?.groups, after.oci?.groups]).toEqual([before.ad?.groups, before.oci?.groups]);
      const { devices, units } = before.entra ?? {};
      expect(after.entra).toMatchObject({ devices, units });
      expect((await runsOf(stage(), '10014')).find(({ workflow }) => workflow === 'leaver-delete')?.state).toBe('superseded');
    });
  });
}
