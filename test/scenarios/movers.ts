import { describe, expect, it } from 'vitest';
import { type Gatehouse, until } from '../support/product.ts';
import { accountsOf, sentMails } from './accounts.ts';
import { runsOf } from './runs.ts';
import { dayIn, zoneOf } from './workers.ts';

async function hasEnded(stage: Gatehouse, workerId: string, workflow: string): Promise<boolean> {
  const run = (await runsOf(stage, workerId)).find((one) => one.workflow === workflow);
  if (run?.state === 'failed' || run?.state === 'unknown') throw new Error(`${workflow} of ${workerId} is ${run.state}: ${run.note ?? ''}`);
  return run?.state === 'done' || run?.state === 'done-with-gaps';
}

/** Somebody of the company moves; somebody who left comes back. */
export function placesChange(stage: () => Gatehouse): void {
  describe('Somebody of the company', () => {
    it('who moves gets what the new role gives at once, keeps the rest for a while, and both managers are told', async () => {
      const before = await accountsOf(stage(), '10015');
      await stage().change('10015', { department: 'Sales', jobTitle: 'Sales Engineer', jobCode: 'SAL1', managerId: '10019' });
      await until('the move is made', () => hasEnded(stage(), '10015', 'mover'));
      const after = await accountsOf(stage(), '10015');
      expect(after.ad?.title).toBe('Sales Engineer');
      expect(after.ad?.groups).toEqual(expect.arrayContaining([...(before.ad?.groups ?? []), 'GG-Sales']));
      expect(after.ad?.managerDn).not.toBe(before.ad?.managerDn);
      const told = (await sentMails(stage())).map(({ subject }) => subject);
      const name = after.entra?.displayName ?? '';
      expect(told.filter((subject) => subject === `${name} has a new role` || subject === `${name} has moved`)).toHaveLength(2);
    });

    it('who left and comes back has the old accounts, with the access of the new role only', async () => {
      const before = await accountsOf(stage(), '10018');
      await stage().change('10018', { status: 'terminated', lastDay: dayIn(zoneOf('NYC'), -1) });
      const seen = () => runsOf(stage(), '10018');
      await until('what they had is taken away', () => hasEnded(stage(), '10018', 'leaver-strip'), seen);
      await stage().change('10018', {
        status: 'active',
        lastDay: null,
        hireDate: dayIn(zoneOf('NYC')),
        department: 'Finance',
        jobTitle: 'Accountant',
        jobCode: 'FIN1',
      });
      await until('they have come back', () => hasEnded(stage(), '10018', 'rehire-hybrid'), seen);
      const after = await accountsOf(stage(), '10018');
      expect(after.counts).toEqual({ ad: 1, entra: 1, oci: 1 });
      expect([after.entra?.id, after.ad?.upn]).toEqual([before.entra?.id, before.ad?.upn]);
      expect([after.ad?.isEnabled, after.entra?.accountEnabled, after.oci?.isActive]).toEqual([true, true, true]);
      expect(after.ad?.groups).toContain('GG-Finance');
      expect(after.ad?.groups).not.toContain('GG-Platform');
      expect(after.ad?.dn).not.toContain('OU=Leavers');
    });
  });
}
