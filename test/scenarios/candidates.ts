import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';
import { accountsOf } from './accounts.ts';
import { byHand } from './by-hand.ts';
import { stepsOf, untilRun } from './runs.ts';
import { contractor, employee } from './workers.ts';

const holds = z.object({ holds: z.array(z.object({ kind: z.string(), reference: z.string(), code: z.string(), message: z.string() })) });
const ociAuditors = 'b1000000000000000000000000000003';

/** Accounts that are there before the person: adopted under conditions, else held for somebody to decide. */
export function candidatesAreJudged(stage: () => Gatehouse): void {
  const heldFor = async (workerId: string): Promise<string> => {
    const run = await untilRun(stage(), workerId, 'held');
    const found = holds.parse(await stage().product.ask('/api/holds')).holds.filter(({ reference }) => reference === run.id);
    expect(found, workerId).toHaveLength(1);
    const { steps } = await stepsOf(stage(), run.id);
    expect(
      steps.filter(({ stepId }) => stepId === 'pass' || stepId.startsWith('enable')).map(({ state }) => state),
      workerId,
    ).not.toContain('done');
    return found[0]?.code ?? '';
  };

  describe('An account that was there before', () => {
    it('is adopted by its employee id, in AD and Entra, without a second one', async () => {
      const before = await accountsOf(stage(), '10050');
      expect(before.counts).toEqual({ ad: 1, entra: 1, oci: 0 });
      await stage().tell(
        employee('10050', {
          name: { given: 'Erik', family: 'Lindqvist' },
          office: 'LON',
          department: 'Sales',
          jobTitle: 'Account Executive',
          jobCode: 'SAL1',
          managerId: '10019',
        }),
      );
      const run = await untilRun(stage(), '10050', 'done');
      const after = await accountsOf(stage(), '10050');
      expect(after.counts).toEqual({ ad: 1, entra: 1, oci: 1 });
      expect([after.ad?.dn, after.ad?.upn, after.entra?.id]).toEqual([before.ad?.dn, before.ad?.upn, before.entra?.id]);
      expect(after.oci?.userName).toBe(before.ad?.upn);
      expect((await stepsOf(stage(), run.id)).steps.find(({ stepId }) => stepId === 'ad-account')?.summary).toContain('adopted');
    });

    it('is held when it holds a privilege, and is not touched', async () => {
      const hand = await byHand(stage());
      await hand.addToOciGroup(ociAuditors, await hand.ociUser('21011', { given: 'Ilse', family: 'Brandt' }, 'ilse.brandt'));
      const before = await accountsOf(stage(), '21011');
      await stage().tell(contractor('21011', { name: { given: 'Ilse', family: 'Brandt' } }));
      expect(await heldFor('21011')).toBe('privileged');
      const after = await accountsOf(stage(), '21011');
      expect(after.oci).toEqual(before.oci);
      expect(after.entra?.accountEnabled).toBe(false);
    });

    it('is held when it belongs to another person', async () => {
      await (await byHand(stage())).renumberOci('margarida.vasconcelos@contoso.example', '21012');
      const before = await accountsOf(stage(), '21012');
      expect(before.oci?.userName).toBe('margarida.vasconcelos@contoso.example');
      await stage().tell(contractor('21012', { name: { given: 'Margarida', family: 'Faria' } }));
      expect(await heldFor('21012')).toBe('owned-by-another');
      expect((await accountsOf(stage(), '21012')).oci).toEqual(before.oci);
      await (await byHand(stage())).renumberOci('margarida.vasconcelos@contoso.example', '10001');
    });

    it('is held when another carries the same employee id', async () => {
      const hand = await byHand(stage());
      await hand.entraUser('21013', 'Noor Haddad', 'noor.haddad');
      await hand.entraUser('21013', 'Noor Haddad (old)', 'noor.haddad.old');
      await stage().tell(contractor('21013', { name: { given: 'Noor', family: 'Haddad' } }));
      expect(await heldFor('21013')).toBe('several-candidates');
      expect((await accountsOf(stage(), '21013')).counts).toEqual({ ad: 0, entra: 2, oci: 0 });
    });

    it('is held when its name is not that of the person', async () => {
      await (await byHand(stage())).entraUser('21014', 'Gerd Baumann', 'gerd.baumann');
      const before = await accountsOf(stage(), '21014');
      await stage().tell(contractor('21014', { name: { given: 'Chiara', family: 'Ricci' } }));
      expect(await heldFor('21014')).toBe('name-implausible');
      expect(await accountsOf(stage(), '21014')).toEqual(before);
    });
  });
}
