import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { creating, updating } from './changes.ts';
import { startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso('samba');
});
afterAll(() => contoso.stop());

const leavers = 'OU=Leavers,DC=corp,DC=contoso,DC=example';

describe.each(accountSamples.filter(({ target }) => target === 'ad' || target === 'samba'))(
  'accounts in $target that are renamed, moved or given an end',
  (sample) => {
    const signal = AbortSignal.timeout(60_000);
    let account: string;
    const update = (after: Parameters<typeof updating>[1]) =>
      required(contoso.targets[sample.target].writes.accounts).update(updating(account, after), signal);
    const attributes = async () => required(await required(contoso.targets[sample.target].reads.accounts).byId(account, signal)).attributes;
    beforeAll(async () => {
      account = idOf(await required(contoso.targets[sample.target].writes.accounts).create(creating(sample.account(660)), signal));
    });

    it('take a new name, a new place and new addresses in one change, and keep the old address as an alias', async () => {
      const after = {
        cn: "O'Brien\\Lima, Zoë #1",
        ou: leavers,
        userPrincipalName: 'zoe.lima@contoso.example',
        proxyAddresses: ['SMTP:zoe.lima@contoso.example', 'smtp:zoe.obrien@contoso.example'],
      };
      expect(await update(after)).toMatchObject({ is: 'accepted', id: account });
      expect(await attributes()).toMatchObject(after);
    });

    it('that are where they are to be already are accepted', async () => {
      const { cn, ou } = await attributes();
      expect(await update({ cn: cn ?? null, ou: ou ?? null })).toMatchObject({ is: 'accepted' });
    });

    it('are refused a place that is not there, in the directory’s own words', async () => {
      expect(await update({ ou: 'OU=Nowhere,DC=corp,DC=contoso,DC=example' })).toMatchObject({
        is: 'refused',
        problem: { systemCode: expect.any(String) },
      });
      expect(await attributes()).toMatchObject({ ou: leavers });
    });

    it('end at a moment, and never when that is taken back', async () => {
      expect(await attributes()).toMatchObject({ accountExpires: null });
      expect(await update({ accountExpires: '2026-12-31T23:00:00Z' })).toMatchObject({ is: 'accepted' });
      expect(await attributes()).toMatchObject({ accountExpires: '2026-12-31T23:00:00Z' });
      await update({ accountExpires: null });
      expect(await attributes()).toMatchObject({ accountExpires: null });
    });

    it('lose every alias when the list of them is emptied', async () => {
      await update({ proxyAddresses: [] });
      expect(await attributes()).toMatchObject({ proxyAddresses: [] });
    });
  },
);
