import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import type { FoundAccount } from '../../shared/ports/readers/accounts.ts';
import { accountSamples } from './account-samples.ts';
import { requestCount, startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

const groups = {
  entra: 'a1000000-0000-4000-8000-000000000003',
  ad: 'd1000000-0000-4000-8000-000000000002',
  samba: 'd1000000-0000-4000-8000-000000000002',
  oci: 'b1000000000000000000000000000002',
  scim: 'c1000000-0000-4000-8000-000000000002',
};
const systems = { entra: 'graph', ad: 'directory', samba: 'samba', oci: 'oci', scim: 'scim' } as const;
const signal = AbortSignal.timeout(60_000);
let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso('samba');
});
afterAll(() => contoso.stop());

async function listed<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe.each(accountSamples)('reading all of $target', (sample) => {
  const accounts = () => required(contoso.targets[sample.target].reads.accounts);
  const memberships = () => required(contoso.targets[sample.target].reads.memberships);

  it('gives the members of a group, the same whom their accounts say are in it', async () => {
    const members = await listed(memberships().membersOf(groups[sample.target], signal));
    expect(new Set(members).size).toBe(members.length);
    expect(members.length).toBeGreaterThan(2);
    const [first] = members;
    expect(await memberships().groupsOf(required(first), signal)).toContain(groups[sample.target]);
  });

  it('does not give the members of a group that is not there', async () => {
    await expect(listed(memberships().membersOf('00000000-0000-4000-8000-00000000ffff', signal))).rejects.toMatchObject({
      code: 'target-not-found',
    });
  });

  it('takes a few requests, not one for each account', async () => {
    const before = requestCount(contoso, systems[sample.target]);
    const all = await listed<FoundAccount>(accounts().all(signal));
    expect(all.length).toBeGreaterThan(20);
    expect(requestCount(contoso, systems[sample.target]) - before).toBeLessThan(4);
  });

  it('shows the same of an account as reading it alone', async () => {
    const all = await listed<FoundAccount>(accounts().all(signal));
    for (const account of all.slice(0, 5)) {
      const alone = required(await accounts().byId(account.id, signal));
      expect(account).toMatchObject(alone);
    }
  });

  it('shows who reports to whom, both ways', async () => {
    const chief = required(sample.idOf(required(company.find(({ workerId }) => workerId === '10001'))));
    const all = await listed<FoundAccount>(accounts().all(signal));
    const reports = all.filter(({ attributes }) => attributes['manager'] === chief).map(({ id }) => id);
    expect(reports.length).toBeGreaterThan(0);
    expect((await accounts().reportsOf(chief, signal)).toSorted()).toEqual(reports.toSorted());
  });
});

describe('a listing', () => {
  const all = (target: 'entra' | 'ad' | 'samba' | 'oci') =>
    listed<FoundAccount>(required(contoso.targets[target].reads.accounts).all(signal));

  it.each(['ad', 'samba', 'oci'] as const)('of %s shows the groups that hold an account directly', async (target) => {
    const members = await listed(required(contoso.targets[target].reads.memberships).membersOf(groups[target], signal));
    const shown = (await all(target)).filter(({ attributes }) => JSON.stringify(attributes['memberOf']).includes(groups[target]));
    expect(shown.map(({ id }) => id).toSorted()).toEqual(members.toSorted());
  });

  it('of entra shows licences, and when AD last wrote a user who is synced from there', async () => {
    const users = await all('entra');
    expect(
      users.some(({ attributes }) => JSON.stringify(attributes['assignedLicenses']) === '["05e9a617-0261-4cee-bb44-138d3ef5d965"]'),
    ).toBe(true);
    for (const user of users) expect(user.syncedAt === null).toBe(!user.masteredElsewhere);
    expect(users.find(({ masteredElsewhere }) => masteredElsewhere)?.syncedAt).toBeGreaterThan(Date.UTC(2000, 0));
  });

  it('of oci shows the ids of credentials', async () => {
    const dmitri = (await all('oci')).find(({ id }) => id === 'b2000000000000000000000000010008');
    expect(dmitri?.attributes['credentials']).toHaveLength(6);
    expect(dmitri?.attributes['credentials']).toContainEqual(expect.stringMatching(/^ApiKeys\/[0-9a-f]+$/));
  });

  it('of ad shows of each account what reading its groups alone shows, without Domain Users, which nobody can be taken out of', async () => {
    const memberships = required(contoso.targets.ad.reads.memberships);
    for (const { id, attributes } of (await all('ad')).slice(0, 5)) {
      const alone = await memberships.groupsOf(id, signal);
      expect(attributes['memberOf']).toEqual(expect.arrayContaining([...alone]));
      const names = await Promise.all(alone.map(async (group) => (await memberships.group(group, signal))?.name));
      expect(names).not.toContain('Domain Users');
    }
  });
});
