import { describe, expect, it } from 'vitest';
import type { Gatehouse } from '../support/product.ts';
import { accountsOf } from './accounts.ts';
import { untilRun } from './runs.ts';
import { contractor, employee } from './workers.ts';

const long = {
  given: 'Wolfeschlegelsteinhausenbergerdorff',
  family: 'Hubert-Blaine-Longfellow-Zeus-Martin-von-Altersdorf und zu Hohenstein',
};
const awkward = [
  {
    workerId: '11001',
    name: { given: "Siân D'Arcy", family: 'Ó Néill-Großmann' },
    office: 'LON',
    upn: 'siandarcy.oneill-grossmann',
    sam: 'siandarcy.oneill-gro',
    cn: "Siân D'Arcy Ó Néill-Großmann",
  },
  { workerId: '11002', name: { given: 'Suharto' }, office: 'LIS', upn: 'suharto', sam: 'suharto', cn: 'Suharto' },
  { workerId: '11003', name: { given: '太郎', family: '山田' }, office: 'TYO', upn: 'w11003', sam: 'w11003', cn: '太郎 山田' },
  {
    workerId: '11004',
    name: { given: 'Comma, "Quote"', family: '<Plus+Semi;Colon>' },
    office: 'NYC',
    upn: 'commaquote.plussemicolon',
    sam: 'commaquote.plussemico',
    cn: 'Comma, "Quote" <Plus+Semi;Colon>',
  },
] as const;

/** Names: those that hurt, those that are taken, and those of people who are hired at the same moment. */
export function namesAreKept(stage: () => Gatehouse): void {
  describe('A name', () => {
    it('with apostrophes, accents, one word, no Latin letter or signs that a directory reads becomes an account in every system', async () => {
      await Promise.all(awkward.map(({ workerId, name, office }) => stage().tell(employee(workerId, { name, office }))));
      for (const { workerId, upn, sam, cn } of awkward) {
        await untilRun(stage(), workerId, 'done');
        const { counts, ad, entra, oci } = await accountsOf(stage(), workerId);
        expect(counts, workerId).toEqual({ ad: 1, entra: 1, oci: 1 });
        expect([ad?.upn, ad?.sam, ad?.cn]).toEqual([`${upn}@contoso.example`, sam.slice(0, 20), cn]);
        expect([entra?.userPrincipalName, oci?.userName]).toEqual([`${upn}@contoso.example`, `${upn}@contoso.example`]);
      }
    });

    it('of more than a hundred characters is cut to what each system takes', async () => {
      await stage().tell(employee('11005', { name: long }));
      await untilRun(stage(), '11005', 'done');
      const { ad, entra } = await accountsOf(stage(), '11005');
      expect(ad?.sam).toBe('wolfeschlegelsteinha');
      expect(ad?.cn.length).toBeLessThanOrEqual(64);
      expect(ad?.upn.split('@')[0]?.length).toBeLessThanOrEqual(64);
      expect(entra?.userPrincipalName).toBe(ad?.upn);
    });

    it('that three people bring in the same second is given to one; the others get names of their own', async () => {
      const name = { given: 'John', family: 'Smith' };
      await Promise.all([
        stage().tell(employee('11006', { name })),
        stage().tell(employee('11007', { name })),
        stage().tell(contractor('21007', { name })),
      ]);
      const ids = ['11006', '11007', '21007'];
      for (const workerId of ids) await untilRun(stage(), workerId, 'done');
      const found = await Promise.all(ids.map((workerId) => accountsOf(stage(), workerId)));
      expect(found.map(({ counts }) => counts)).toEqual([
        { ad: 1, entra: 1, oci: 1 },
        { ad: 1, entra: 1, oci: 1 },
        { ad: 0, entra: 1, oci: 1 },
      ]);
      const upns = found.flatMap(({ entra }) => (entra === undefined ? [] : [entra.userPrincipalName]));
      expect(new Set(upns).size).toBe(3);
      expect(
        upns.every((upn) => /^john\.smith[2-4]?@contoso\.example$/.test(upn)),
        upns.join(),
      ).toBe(true);
      expect(found.flatMap(({ oci }) => (oci === undefined ? [] : [oci.userName]))).toEqual(upns);
      const inAd = found.flatMap(({ ad }) => (ad === undefined ? [] : [ad]));
      expect(inAd.map(({ upn }) => upn)).toEqual(upns.slice(0, 2));
      expect([new Set(inAd.map(({ sam }) => sam)).size, new Set(inAd.map(({ dn }) => dn)).size]).toEqual([2, 2]);
    });

    it('that somebody else bears already stays theirs: their accounts are not touched, and the new one is called otherwise', async () => {
      const before = await accountsOf(stage(), '10016');
      await stage().tell(employee('11008', { name: { given: 'Arjun', family: 'Subramanian' }, office: 'NYC' }));
      await untilRun(stage(), '11008', 'done');
      const { ad, entra, oci, counts } = await accountsOf(stage(), '11008');
      expect(counts).toEqual({ ad: 1, entra: 1, oci: 1 });
      expect([ad?.upn, entra?.userPrincipalName, oci?.userName]).toEqual(Array(3).fill('arjun.subramanian2@contoso.example'));
      expect(ad?.cn).toBe('Arjun Subramanian (2)');
      expect(await accountsOf(stage(), '10016')).toEqual(before);
    });
  });
}
