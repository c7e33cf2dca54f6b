import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '../../contracts/expected.ts';
import { accountViews } from '../../../shared/operations/account-views.ts';
import { company } from '../../../sandbox/company/company.ts';
import { sightOf } from '../../../shared/operations/sight-of.ts';
import { createAccount } from '../../../shared/tasks/create-account.ts';
import { subjectOf } from '../../../shared/operations/subject-of.ts';
import { close, sweep } from '../../operations/sweep/leavers.ts';
import { carryOut } from '../../support/carry-out.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../../support/product-on-sandbox.ts';
import { configWithConfigCat } from './configcat-config.ts';
import { startScimmy, type ScimmyServer } from './scimmy-server.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(product.operations.clock.now() - days * dayMs).toISOString().slice(0, 10);
const worker = () => ({
  workerId: '77001',
  hireDate: daysAgo(40),
  name: { given: 'Ada', family: 'Lovelace' },
  jobTitle: 'Support Agent',
  department: 'Support',
});
const support = 'a1000000-0000-4000-8000-000000000007';
const sales = 'a1000000-0000-4000-8000-000000000004';

let configcat: ScimmyServer;
let product: ProductOnSandbox;
let folder: string;
let personId: string;
beforeAll(async () => {
  configcat = await startScimmy();
  folder = await configWithConfigCat();
  product = await startProductOnSandbox({
    GATEHOUSE_CONFIG_DIR: folder,
    GATEHOUSE_SCIM_CONFIGCAT_URL: configcat.url,
    GATEHOUSE_SECRET_CONFIGCAT_TOKEN: configcat.token,
  });
}, 120_000);
afterAll(async () => {
  await product.stop();
  await configcat.stop();
  await rm(folder, { recursive: true, force: true });
});

const stores = () => product.operations.registry.stores;
const accountIn = async (target: string) => required((await stores().links.of(personId)).find((link) => link.target === target)).nativeId;
const user = () => [...configcat.userRows.values()].find(({ userName }) => String(userName).startsWith('ada.lovelace'));
const writesSince = (from: number) => configcat.requests.slice(from).filter(({ method }) => method !== 'GET');
async function madeByHand(externalId: string, displayName: string, userName: string): Promise<unknown> {
  const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, externalId, displayName, active: true });
  const headers = { authorization: `Bearer ${configcat.token}`, 'content-type': 'application/scim+json' };
  const made = await fetch(`${configcat.url}/Users`, { method: 'POST', headers, body });
  const { id }: { id: unknown } = JSON.parse(await made.text());
  return id;
}
const membersOf = (externalId: string) => {
  const group = [...configcat.groupRows.values()].find((row) => row['externalId'] === externalId);
  const members = group?.['members'];
  return Array.isArray(members) ? members.map((member: { value: string }) => member.value) : [];
};

describe('ConfigCat, configured as its page says', () => {
  it('gets a joiner as the mapping has it, shut until the first day and open from then on, and in the group', async () => {
    const hired = await product.hire(worker());
    personId = hired.personId;
    expect(hired.ends).toEqual(['done']);
    const made = configcat.requests.find(({ method, path }) => method === 'POST' && path === '/scim/Users');
    expect(made?.body).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      externalId: await accountIn('entra:contoso'),
      userName: 'ada.lovelace@contoso.example',
      displayName: 'Ada Lovelace',
      active: false,
    });
    expect(user()).toMatchObject({ active: true, displayName: 'Ada Lovelace' });
    expect([...configcat.groupRows.values()]).toMatchObject([{ externalId: support, displayName: 'Support Team' }]);
    expect(membersOf(support)).toEqual([user()?.['id']]);
  });

  it('is told of a move: the new group is given at once, and what the mapping gives stays as it is', async () => {
    const before = configcat.requests.length;
    await product.hire({ ...worker(), department: 'Sales' });
    expect(membersOf(sales)).toEqual([user()?.['id']]);
    expect(writesSince(before).filter(({ path }) => path.startsWith('/scim/Users'))).toEqual([]);
  });

  it('is told of a new name, and of nothing else', async () => {
    const before = configcat.requests.length;
    await product.hire({ ...worker(), department: 'Sales', name: { given: 'Ada', family: 'King' } });
    expect(user()).toMatchObject({ displayName: 'Ada King', userName: 'ada.lovelace@contoso.example', active: true });
    expect(writesSince(before).map(({ body }) => body)).toMatchObject([
      { Operations: [{ op: 'replace', path: 'displayName', value: 'Ada King' }] },
    ]);
  });

  it('shows on the pages of the person and of the run', async () => {
    const subject = await subjectOf(product.operations.registry, personId);
    const view = (await accountViews(product.operations, subject)).find(({ target }) => target === 'scim:configcat');
    expect(view).toMatchObject({
      expected: { attributes: { displayName: 'Ada King' }, entitlements: [{ name: 'Sales Team' }] },
      actual: { is: 'seen', enabled: true, attributes: { displayName: 'Ada King' }, groups: expect.arrayContaining([sales]) },
    });
  });

  it('shuts a leaver at once, as the mapping spells it, and takes them out of every group', async () => {
    const before = configcat.requests.length;
    const id = required(user())['id'];
    await product.tell({ ...worker(), department: 'Sales', status: 'terminated', lastDay: daysAgo(2) });
    expect(await close(product, personId)).toEqual(['leaver-contain done', expect.stringMatching(/^leaver-strip done/)]);
    expect(user()).toMatchObject({ id, active: false });
    expect([...membersOf(support), ...membersOf(sales)]).toEqual([]);
    expect(writesSince(before).map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Operations: [{ op: 'replace', path: 'active', value: false }] }),
        expect.objectContaining({ Operations: [{ op: 'remove', path: `members[value eq "${String(id)}"]` }] }),
      ]),
    );
    const claims = JSON.stringify(await product.operations.registry.stores.runs.list({ personId, limit: 20 }));
    expect(claims).not.toContain('not closed');
  });

  it('is swept: an account that somebody opened again is shut again', async () => {
    const row = required(user());
    row['active'] = true;
    expect(await sweep(product)).toMatchObject({ found: 1, repaired: 1 });
    await close(product, personId);
    expect(user()).toMatchObject({ active: false });
    expect(await sweep(product)).toMatchObject({ found: 0 });
  });

  it('has one account of a joiner whose creation was answered by nobody: it is looked for, and found', async () => {
    configcat.loseAnswerTo('POST', '/scim/Users');
    const before = configcat.requests.length;
    const { personId: grace, ends } = await product.hire({ ...worker(), workerId: '77002', name: { given: 'Grace', family: 'Hopper' } });
    expect(ends).toEqual(['done']);
    const made = [...configcat.userRows.values()].filter(({ displayName }) => displayName === 'Grace Hopper');
    expect(made).toMatchObject([{ active: true, externalId: expect.any(String) }]);
    const link = (await stores().links.of(grace)).find(({ target }) => target === 'scim:configcat');
    expect(link?.nativeId).toBe(made[0]?.['id']);
    // The call that was answered by nobody is not among those that were seen to end.
    const answered = configcat.requests.slice(before).filter(({ method, path }) => method === 'POST' && path === '/scim/Users');
    expect(answered).toEqual([]);
  });

  it('adopts an account that is there already under the same externalId, and holds where there are two', async () => {
    const one = required(company.find(({ workerId }) => workerId === '10014'));
    const owner = required((await stores().people.withWorkerId('10014'))[0]).personId;
    const plan = async () => {
      const subject = await subjectOf(product.operations.registry, owner);
      return createAccount.plan({ target: 'scim:configcat' }, subject, sightOf(product.operations, subject, AbortSignal.timeout(20_000)));
    };
    const id = await madeByHand(one.entraId, one.displayName, 'first');
    expect(await plan()).toMatchObject({
      findings: [{ id, how: 'adopted', cause: { message: expect.stringContaining('externalId') } }],
      changes: [],
    });
    await madeByHand(one.entraId, one.displayName, 'second');
    expect(await plan()).toMatchObject({
      held: { code: 'several-candidates', message: expect.stringContaining(`the externalId ${one.entraId}`) },
    });
  });

  it('waits for the account that is followed: without its id nothing is made', async () => {
    const nobodyYet = await product.tell({ ...worker(), workerId: '77009', name: { given: 'Early', family: 'Bird' } });
    const subject = await subjectOf(product.operations.registry, nobodyYet);
    const plan = await createAccount.plan(
      { target: 'scim:configcat' },
      subject,
      sightOf(product.operations, subject, AbortSignal.timeout(20_000)),
    );
    expect(plan).toMatchObject({ changes: [], waiting: { reason: expect.stringContaining('externalId') } });
  });

  it('deletes the account when the grace is over', async () => {
    const [deletion] = await product.operations.registry.stores.runs.list({ personId, state: 'planned', limit: 20 });
    expect(deletion?.workflow).toBe('leaver-delete');
    const run = await product.operations.registry.transaction((inside) =>
      inside.runs.beginStart(required(deletion).id, required(deletion).dueAt),
    );
    await carryOut(product.operations, { runId: required(deletion).id, attempt: required(run).attempt });
    expect(user()).toBeUndefined();
  });
});
