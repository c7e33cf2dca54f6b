import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { creating, issuing } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

describe('passes in entra', () => {
  const signal = AbortSignal.timeout(60_000);
  const input = { lifetimeMinutes: 60, isUsableOnce: true };
  let contoso: Contoso;
  let account: string;
  const reads = () => required(contoso.targets.entra.reads.passes);
  const issue = (more = {}) => required(contoso.targets.entra.writes.passes).issue(issuing(account, { ...input, ...more }), signal);
  beforeAll(async () => {
    contoso = await startContoso();
    const attributes = { ...required(accountSamples.find(({ target }) => target === 'entra')).account(700), enabled: true };
    account = idOf(await required(contoso.targets.entra.writes.accounts).create(creating(attributes), signal));
  });
  afterAll(() => contoso.stop());

  it('gives the code once, with the answer, and never again', async () => {
    const issued = await issue();
    expect(issued).toMatchObject({ is: 'accepted', id: expect.any(String), code: expect.stringMatching(/.{8,}/) });
    const code = issued.is === 'accepted' ? issued.code : '';
    const passes = await reads().passesOf(account, signal);
    expect(passes).toEqual([{ id: idOf(issued), live: true, startsAt: expect.any(String), lifetimeMinutes: 60 }]);
    expect(JSON.stringify([passes, contoso.sandbox.world.requests.since('graph', 0)])).not.toContain(code);
  });

  it('counts a pass that becomes usable tomorrow as live', async () => {
    const startsAt = new Date(contoso.sandbox.world.now() + 86_400_000).toISOString();
    const id = idOf(await issue({ startsAt }));
    expect(await reads().passesOf(account, signal)).toContainEqual(expect.objectContaining({ id, live: true }));
  });

  it('leaves one live pass, the last', async () => {
    await issue();
    const last = idOf(await issue());
    expect((await reads().passesOf(account, signal)).filter(({ live }) => live).map(({ id }) => id)).toEqual([last]);
  });

  it('does not count the password and the pass as methods of the person’s own', async () => {
    await issue();
    expect(await reads().otherMethodsOf(account, signal)).toEqual([]);
  });

  it('is refused in Graph’s own words outside the tenant’s lifetime', async () => {
    nextCallFails(contoso, 'graph', 'temporaryAccessPass.create', { phase: 'before', effect: { status: 400, code: 'badRequest' } });
    expect(await issue({ lifetimeMinutes: 600 })).toMatchObject({ is: 'refused', problem: { systemCode: 'badRequest' } });
  });

  it('calls a pass lost when its answer is: it was issued, and its code is gone', async () => {
    nextCallFails(contoso, 'graph', 'temporaryAccessPass.create', { phase: 'after', effect: { reset: true } });
    expect(await issue()).toMatchObject({ is: 'lost' });
    expect((await reads().passesOf(account, signal)).some(({ live }) => live)).toBe(true);
  });
});
