import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import { performStep } from '../../shared/operations/perform-step.ts';
import { claimRun } from '../../shared/operations/claim-run.ts';
import { personView } from '../../shared/operations/person-view.ts';
import { revealPass } from '../../shared/operations/reveal-pass.ts';
import { takeBaseline } from '../../shared/operations/take-baseline.ts';
import { carryOutRunsOf } from '../support/carry-out.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../support/product-on-sandbox.ts';
import { sentAbout } from '../support/sandbox-view.ts';

let product: ProductOnSandbox;
beforeAll(async () => {
  product = await startProductOnSandbox();
}, 120_000);
afterAll(() => product.stop());

const stores = () => product.operations.registry.stores;
const personOf = async (workerId: string): Promise<string> => (await stores().people.ownerOf('generic', workerId)) ?? '';

describe('The first look at a company', () => {
  it('knows everybody with every account, writes nothing, and plans nothing for those who were there', async () => {
    expect(await stores().people.count()).toBe(company.length);
    expect(await stores().runs.counts()).toEqual({});
    const { graph, oci, directory } = product.sandbox.world.requests.counters();
    expect([graph.writes, oci.writes, directory.writes]).toEqual([0, 0, 0]);
    for (const { workerId, entraId, adObjectGuid, ociId } of company) {
      const links = await stores().links.of(await personOf(workerId));
      const wanted = [adObjectGuid, entraId, ociId].filter((id) => id !== null);
      expect(links.map(({ nativeId }) => nativeId).toSorted(), workerId).toEqual(wanted.toSorted());
      expect(links.every(({ how, kind }) => how === 'baseline' && kind === 'primary')).toBe(true);
    }
  });

  it('reserves the names that are borne, so that nobody new gets them', async () => {
    const bearer = company.find(({ workerId }) => workerId === '10009');
    const upn = bearer?.userPrincipalName.toLowerCase() ?? '';
    expect(await stores().names.holderOf('upn', upn)).toBe(await personOf('10009'));
    const { about, hire } = product;
    await hire({ workerId: '90001', name: bearer?.name ?? { given: '' } });
    const [user] = (await about('90001')).users;
    expect(user?.userPrincipalName).toBeDefined();
    expect(user?.userPrincipalName.toLowerCase()).not.toBe(upn);
  }, 120_000);

  it('records what people hold as observed, so that nothing of it is taken for given by a rule', async () => {
    const holdings = await stores().holdings.of(await personOf('10009'));
    expect(holdings.length).toBeGreaterThan(2);
    expect(new Set(holdings.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(new Set(['observed']));
  });

  it('belongs to nobody where the employee id is not known to HR: that account is there to be adopted', async () => {
    const erik = (await product.about('10050')).users[0];
    expect(erik).toBeDefined();
    expect(await stores().links.ownerOf('entra:contoso', erik?.id ?? '')).toBeUndefined();
  });

  it('is taken once', async () => {
    const before = product.count('directory', 'ldap.search');
    await Promise.all([takeBaseline(product.operations, 'generic'), takeBaseline(product.operations, 'generic')]);
    expect(product.count('directory', 'ldap.search')).toBe(before);
  });
});

describe('A person', () => {
  it('is shown with what is expected and what is there, under every name that is clear', async () => {
    const id = await personOf('10009');
    const view = await personView(product.operations, product.looks, '10009');
    expect(view).toEqual(await personView(product.operations, product.looks, 'generic:10009'));
    expect(view.personId).toBe((await personView(product.operations, product.looks, id)).personId);
    expect(view.accounts.map(({ target }) => target).toSorted()).toEqual(expect.arrayContaining(['ad:contoso', 'entra:contoso']));
    for (const { actual, expected } of view.accounts) {
      expect(actual).toMatchObject({ is: 'seen', enabled: true });
      expect(Object.keys(expected.attributes).length).toBeGreaterThan(3);
    }
  });

  it('is asked for more closely when two sources have the same worker id, and not found when none has', async () => {
    const other = 'other-person';
    await stores().people.create({
      id: other,
      epoch: 1,
      displayName: 'Other',
      baseline: false,
      standing: 'none',
      endsAt: null,
      reconsiderAt: null,
    });
    const [engagement] = await stores().people.engagements(await personOf('10010'));
    if (engagement === undefined) throw new Error('nobody is 10010');
    await stores().people.saveEngagement({ ...engagement, source: 'other', personId: other });
    await expect(personView(product.operations, product.looks, '10010')).rejects.toMatchObject({
      code: 'ambiguous',
      message: expect.stringContaining('generic:10010 or other:10010'),
    });
    expect((await personView(product.operations, product.looks, 'other:10010')).personId).toBe(other);
    await expect(personView(product.operations, product.looks, 'nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('whose target cannot be read is shown all the same, with what could not be seen', async () => {
    product.fault('graph', 'users.get', { phase: 'before', times: 20, effect: { status: 403, code: 'Authorization_RequestDenied' } });
    const view = await personView(product.operations, product.looks, '10009');
    const seen = view.accounts.map(({ target, actual }) => `${target} ${actual.is}`);
    expect(seen).toEqual(expect.arrayContaining(['ad:contoso seen', 'entra:contoso unreadable']));
    product.sandbox.world.faults.clear();
  });
});

describe('A correction that comes when the pass is out already', () => {
  it('leaves one account, one usable pass, one mail about it, and the mail leads to the pass that works', async () => {
    const { operations } = product;
    const workerId = '90010';
    const name = { given: 'Corrected', family: 'Midway' };
    const personId = await product.tell({ workerId, name });
    const [planned] = await stores().runs.list({ personId, limit: 1 });
    const run = await operations.registry.transaction((inside) => inside.runs.beginStart(planned?.id ?? '', operations.clock.now()));
    const input = { runId: run?.id ?? '', attempt: run?.attempt ?? 0 };
    const claim = await claimRun(operations, input);
    const steps = claim.is === 'claimed' ? claim.stages.flat() : [];
    const passMails = async () => sentAbout(await product.view(), 'A sign-in pass').length;
    const before = await passMails();
    for (const stepId of steps.slice(0, steps.indexOf('pass') + 1)) {
      while ((await performStep(operations, { ...input, stepId })).is === 'again');
    }
    await product.tell({ workerId, name, jobTitle: 'Senior Agent' });
    expect(await performStep(operations, { ...input, stepId: 'welcome-to-worker' })).toEqual({ is: 'superseded' });
    expect(await carryOutRunsOf(operations, personId)).toEqual(['done']);
    const found = await product.about(workerId);
    expect([found.users.length, found.ociUsers.length, found.passes.length, (await passMails()) - before]).toEqual([1, 1, 1, 1]);
    expect(found.users[0]).toMatchObject({ accountEnabled: true, jobTitle: 'Senior Agent' });
    const issued = (await stores().intents.of(input.runId)).filter(({ change }) => change.kind === 'pass');
    const manager = company.find((one) => one.workerId === '10001');
    const shown = await revealPass(operations, issued[0]?.changeId ?? '', { actor: 'manager', oid: manager?.entraId, isOperator: false });
    const codes = product.sandbox.world.secrets
      .list()
      .filter(({ kind }) => /pass$/i.test(kind))
      .map(({ value }) => value);
    expect(codes.at(-1)).toBe(shown.code);
  }, 120_000);
});
