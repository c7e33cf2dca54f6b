import { company } from '../../../sandbox/company/company.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lastSweep, probeSweep } from '../../../shared/operations/sweep/last-sweep.ts';
import { keepPopulation } from '../../../shared/operations/sweep/keep-population.ts';
import { sweepPerson } from '../../../shared/operations/sweep/sweep-person.ts';
import { takeBaseline } from '../../../shared/operations/take-baseline.ts';
import { required } from '../../contracts/expected.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../../support/product-on-sandbox.ts';
import { type BehindOurBack, behindOurBack } from './behind-our-back.ts';
import { close, closing, leaver, sweep } from './leavers.ts';

// The company has one more person, who left two years ago and whose accounts nobody closed.
const platformTeam = 'a1000000-0000-4000-8000-000000000003';
const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
let product: ProductOnSandbox;
let others: BehindOurBack;
let employee: string;
let contractor: string;
beforeAll(async () => {
  product = await startProductOnSandbox({}, 1);
  others = behindOurBack(product);
}, 120_000);
afterAll(() => product.stop());
afterEach(() => product.sandbox.world.faults.clear());

const stores = () => product.operations.registry.stores;
const accountIn = async (personId: string, target: string): Promise<string> =>
  required((await stores().links.of(personId)).find((link) => link.target === target)).nativeId;
const writes = () => Object.values(product.sandbox.world.requests.counters()).map((counts) => counts.writes);
const holdsAbout = async (personId: string) => (await stores().holds.open(100)).filter((hold) => hold.personId === personId);

describe('The sweep of everybody who has left', () => {
  it('finds who left long ago and came in by the first look, and closes every account through the gate', async () => {
    const found = await sweep(product);
    expect(found).toMatchObject({ looked: 1, found: 3, repaired: 3, raised: 0 });
    const [old] = await stores().people.ended(product.operations.clock.now(), '', 10);
    const { id: personId, baseline } = required(old);
    expect(baseline).toBe(true);
    expect(await closing(product, personId)).toMatchObject([
      { workflow: 'leaver-contain', lane: 'contain', askedBy: 'sweep', cause: `sweep:${found.id}` },
    ]);
    expect(await close(product, personId)).toEqual(['leaver-contain done', expect.stringMatching(/^leaver-strip done/)]);
  });

  it('writes nothing, and asks for nobody’s accounts but leavers’, when all is closed', async () => {
    employee = await leaver(product, '10014');
    contractor = await leaver(product, '20003');
    const before = writes();
    const byId = product.count('graph', 'users.get') + product.count('oci', 'scim.getUser');
    expect(await sweep(product)).toMatchObject({ looked: 3, found: 0, repaired: 0, raised: 0 });
    expect(writes()).toEqual(before);
    expect(product.count('graph', 'users.get') + product.count('oci', 'scim.getUser') - byId).toBeLessThan(12);
  });

  it('finds an account that was enabled by hand, in whichever target', async () => {
    await others.control(`/directory/users/${await accountIn(employee, 'ad:contoso')}`, { enabled: true });
    await others.control(`/oci/users/${await accountIn(employee, 'oci:contoso')}`, { active: true });
    await others.control(`/graph/users/${await accountIn(contractor, 'entra:contoso')}`, { accountEnabled: true });
    const found = await sweep(product);
    expect(found.repaired).toBe(found.found);
    const repaired = [...(await stores().sweeps.repairsOf(employee)), ...(await stores().sweeps.repairsOf(contractor))];
    const targets = new Set(repaired.filter(({ thing }) => thing.startsWith('account/')).map(({ target }) => target));
    expect([...targets].toSorted()).toEqual(['ad:contoso', 'entra:contoso', 'oci:contoso']);
    expect((await close(product, employee))[0]).toBe('leaver-contain done');
    expect((await close(product, contractor))[0]).toBe('leaver-contain done');
  });

  it('finds a group, a licence and a credential that were given back, and has only these taken away', async () => {
    const entra = await accountIn(contractor, 'entra:contoso');
    await others.control(`/graph/groups/${platformTeam}/members`, { user: entra });
    await others.graph(`/users/${entra}/assignLicense`, { addLicenses: [{ skuId: e3 }], removeLicenses: [] });
    const oci = await accountIn(contractor, 'oci:contoso');
    await others.control(`/oci/users/${oci}/credentials`, { kind: 'ApiKey' });
    expect(await sweep(product)).toMatchObject({ found: 3, repaired: 3 });
    const [newest] = await closing(product, contractor);
    expect(newest).toMatchObject({ workflow: 'leaver-strip', state: 'planned', askedBy: 'sweep' });
    const things = (await stores().sweeps.repairsOf(contractor)).map(({ thing }) => thing.split('/')[0]);
    expect(things).toEqual(expect.arrayContaining(['group', 'licence', 'credential']));
    await close(product, contractor);
    expect(await sweep(product)).toMatchObject({ found: 0 });
  });

  it('plans nothing twice when two sweeps look at the same time', async () => {
    await others.control(`/graph/users/${await accountIn(contractor, 'entra:contoso')}`, { accountEnabled: true });
    const before = (await closing(product, contractor)).length;
    await Promise.all([sweep(product), sweep(product)]);
    expect(await closing(product, contractor)).toHaveLength(before + 1);
    await close(product, contractor);
  });

  it('stops after three repairs of the same thing, and says what is opened again and by whom', async () => {
    const account = await accountIn(contractor, 'entra:contoso');
    await others.control(`/graph/users/${account}`, { accountEnabled: true });
    expect(await sweep(product)).toMatchObject({ repaired: 1 });
    await close(product, contractor);
    const target = 'entra:contoso';
    const row = { at: product.operations.clock.now(), actor: `others:${target}`, personId: contractor, runId: null, target };
    await stores().audit.append([{ ...row, action: 'notice.account-enabled', detail: { object: account, group: null } }]);
    await others.control(`/graph/users/${account}`, { accountEnabled: true });
    const runs = (await closing(product, contractor)).length;
    expect(await sweep(product)).toMatchObject({ found: 1, repaired: 0, raised: 1 });
    expect(await sweep(product)).toMatchObject({ found: 1, repaired: 0, raised: 1 });
    expect(await closing(product, contractor)).toHaveLength(runs);
    const held = (await holdsAbout(contractor)).filter(({ code }) => code === 'repaired-too-often');
    expect(held).toHaveLength(1);
    expect(held[0]?.message).toMatch(/is open again after every repair \(3 since .*told once that somebody else had opened it/);
    await others.control(`/graph/users/${account}`, { accountEnabled: false });
  });

  it('repairs nobody whose leaving a brake holds: that is for people to decide', async () => {
    const now = product.operations.clock.now();
    const reserve = (index: number) => ({ key: 'sweep/contain', reference: `other-${index}`, now, windowMs: 86_400_000, limit: 1000 });
    for (let index = 0; index < 60; index += 1) await stores().budgets.reserve(reserve(index));
    const person = required(await stores().people.ownerOf('generic', '20004'));
    await leaver(product, '20004');
    await others.control(`/graph/users/${await accountIn(person, 'entra:contoso')}`, { accountEnabled: true });
    expect(await sweep(product)).toMatchObject({ found: 1, repaired: 0, raised: 1 });
    expect((await closing(product, person))[0]).toMatchObject({ state: 'held', askedBy: 'sweep' });
    const runs = (await closing(product, person)).length;
    expect(await sweep(product)).toMatchObject({ found: 1, repaired: 0, raised: 1 });
    expect(await closing(product, person)).toHaveLength(runs);
    expect(await stores().sweeps.repairsOf(person)).toEqual([]);
    await others.control(`/graph/users/${await accountIn(person, 'entra:contoso')}`, { accountEnabled: false });
  });

  it('says that a target could not be read, shows it in health, and takes it back when it can be', async () => {
    product.fault('oci', 'scim.listUsers', { phase: 'before', times: 100, effect: { status: 403 } });
    product.fault('oci', 'scim.searchUsers', { phase: 'before', times: 100, effect: { status: 403 } });
    expect((await sweep(product)).raised).toBe(1);
    expect((await lastSweep(product.operations))?.unreadable).toMatchObject([{ target: 'oci:contoso' }]);
    await expect(probeSweep(product.operations)).rejects.toThrow('could not read all of oci:contoso');
    product.sandbox.world.faults.clear();
    expect((await sweep(product)).raised).toBe(0);
    await expect(probeSweep(product.operations)).resolves.toBeUndefined();
  });

  it('names credentials of a kind that cannot be read, and does not take them for none', async () => {
    product.fault('oci', 'scim.listAuthTokens', { phase: 'before', times: 100, effect: { status: 403 } });
    expect((await sweep(product)).raised).toBeGreaterThan(0);
    await expect(probeSweep(product.operations)).rejects.toThrow('AuthTokens');
    product.sandbox.world.faults.clear();
    await sweep(product);
  });

  it('raises an open account that carries a leaver’s worker id and is linked to nobody, and leaves it alone', async () => {
    const id = await others.graph('/users', {
      accountEnabled: true,
      displayName: 'Second Account',
      mailNickname: 'second.account',
      userPrincipalName: 'second.account@contoso.example',
      employeeId: '20003',
      passwordProfile: { password: 'By-hand-4711-xyz' },
    });
    expect(await sweep(product)).toMatchObject({ found: 1, repaired: 0, raised: 1 });
    const [hold] = (await holdsAbout(contractor)).filter(({ code }) => code === 'unlinked-account');
    expect(hold?.message).toContain(`(${id}) in entra:contoso is enabled and carries the worker id 20003`);
    await others.control(`/graph/users/${id}`, { accountEnabled: false });
  });
});

describe('One person', () => {
  it('is looked at in all targets and repaired the same way; nobody who is there is touched', async () => {
    const there = required(await stores().people.ownerOf('generic', '10009'));
    expect(await sweepPerson(product.operations, there)).toEqual({ is: 'not-left' });
    const oci = await accountIn(employee, 'oci:contoso');
    await others.control(`/oci/users/${oci}/credentials`, { kind: 'AuthToken' });
    expect(await sweepPerson(product.operations, employee)).toEqual({ is: 'looked', unreadable: [], found: 1, repaired: 1, raised: 0 });
    expect((await closing(product, employee))[0]).toMatchObject({ workflow: 'leaver-strip', askedBy: 'sweep' });
  });

  it('whose target cannot be read is said to be so', async () => {
    product.fault('graph', 'users.get', { phase: 'before', times: 100, effect: { status: 403, code: 'Authorization_RequestDenied' } });
    expect(await sweepPerson(product.operations, employee)).toMatchObject({ unreadable: ['entra:contoso'], raised: 1 });
  });
});

describe('The count of people', () => {
  it('is kept once a day, when every source was looked at, without those who have left', async () => {
    const now = product.operations.clock.now();
    const day = (offset: number) => new Date(now + offset * 86_400_000).toISOString().slice(0, 10);
    const kept = (key: string) => stores().switches.populationBefore(day(1), key);
    await keepPopulation(product.operations);
    expect(await kept('people')).toBeUndefined();
    for (const source of product.product.sources) await takeBaseline(product.operations, source);
    await keepPopulation(product.operations);
    const present = await stores().people.present();
    expect(present).toBe((await stores().people.count()) - 4);
    // A source is counted at its first look already, before anything that it tells is acted on.
    expect([await kept('people'), await kept('source:generic'), await kept('source:bamboo')]).toEqual([present, company.length, 0]);
    await leaver(product, '20005');
    await keepPopulation(product.operations);
    expect([await stores().people.present(), await kept('people')]).toEqual([present - 1, present]);
  });
});
