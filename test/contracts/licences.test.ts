import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { licenseGroupByHand } from '../../sandbox/graph/control/license-group.ts';
import { creating, linking, updating } from './changes.ts';
import { accountSamples } from './account-samples.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';

describe('licences in entra', () => {
  const signal = AbortSignal.timeout(60_000);
  let contoso: Contoso;
  let account: string;
  const reads = () => required(contoso.targets.entra.reads.licences);
  const set = (does: 'link' | 'unlink') =>
    required(contoso.targets.entra.writes.licences).setLicence(linking('licence', does, account, e3), signal);
  beforeAll(async () => {
    contoso = await startContoso();
    const attributes = required(accountSamples.find(({ target }) => target === 'entra')).account(600);
    account = idOf(await required(contoso.targets.entra.writes.accounts).create(creating(attributes), signal));
  });
  afterAll(() => contoso.stop());

  it('gives and takes a licence, and a seat with it', async () => {
    const before = required(await reads().seatsLeft(e3, signal));
    expect(await set('link')).toMatchObject({ is: 'accepted', id: account });
    expect(await reads().licencesOf(account, signal)).toEqual([{ skuId: e3, viaGroup: null }]);
    expect(await reads().seatsLeft(e3, signal)).toBe(before - 1);
    expect(await set('unlink')).toMatchObject({ is: 'accepted' });
    expect(await reads().licencesOf(account, signal)).toEqual([]);
    expect(await reads().seatsLeft(e3, signal)).toBe(before);
  });

  it('accepts a licence that is given already, and one that is not held', async () => {
    await set('link');
    expect(await set('link')).toMatchObject({ is: 'accepted' });
    await set('unlink');
    expect(await set('unlink')).toMatchObject({ is: 'accepted' });
  });

  it('tells a licence that a group gives from a direct one, and takes only the direct one', async () => {
    const group = 'a1000000-0000-4000-8000-000000000010';
    licenseGroupByHand(contoso.sandbox.world, group, [e3]);
    const member = (does: 'link' | 'unlink') =>
      required(contoso.targets.entra.writes.memberships).setMembership(linking('member', does, account, group), signal);
    await member('link');
    expect(await reads().licencesOf(account, signal)).toEqual([{ skuId: e3, viaGroup: group }]);
    expect(await set('unlink')).toMatchObject({ is: 'refused', problem: { message: expect.stringContaining('inherited from a group') } });
    await set('link');
    expect(await reads().licencesOf(account, signal)).toEqual([{ skuId: e3, viaGroup: null }]);
    expect(await set('unlink')).toMatchObject({ is: 'accepted' });
    expect(await reads().licencesOf(account, signal)).toEqual([{ skuId: e3, viaGroup: group }]);
    await member('unlink');
    expect(await reads().licencesOf(account, signal)).toEqual([]);
    licenseGroupByHand(contoso.sandbox.world, group, []);
  });

  it('knows of no seats of a licence that the tenant does not have', async () => {
    expect(await reads().seatsLeft('00000000-0000-4000-8000-000000000000', signal)).toBeUndefined();
  });

  it('passes on in Graph’s own words why a user without a usage location gets none', async () => {
    const write = required(contoso.targets.entra.writes.accounts);
    await write.update(updating(account, { usageLocation: null }), signal);
    expect(await set('link')).toMatchObject({
      is: 'refused',
      problem: { message: expect.stringContaining('usage location'), requestId: expect.any(String) },
    });
    await write.update(updating(account, { usageLocation: 'PT' }), signal);
  });

  it('calls the answer lost when it is, and shows that the licence was given', async () => {
    nextCallFails(contoso, 'graph', 'users.assignLicense', { phase: 'after', effect: { status: 503, retryAfter: 1 } });
    expect(await set('link')).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect(await reads().licencesOf(account, signal)).toHaveLength(1);
  });
});
