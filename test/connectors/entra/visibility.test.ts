import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from '../../contracts/account-samples.ts';
import { creating, deleting, issuing, linking, updating } from '../../contracts/changes.ts';
import { startContoso, type Contoso } from '../../contracts/contoso.ts';
import { idOf, required } from '../../contracts/expected.ts';

const group = 'a1000000-0000-4000-8000-000000000001';
const sample = required(accountSamples.find(({ target }) => target === 'entra'));

describe('a user whom Entra ID has just created and does not show yet', () => {
  const signal = AbortSignal.timeout(30_000);
  let contoso: Contoso;
  let account: string;
  beforeAll(async () => {
    contoso = await startContoso();
    contoso.sandbox.world.changeSettings({ graph: { replicationDelayMs: 600_000 } });
    account = idOf(await required(contoso.targets.entra.writes.accounts).create(creating(sample.account(800)), signal));
  });
  afterAll(() => contoso.stop());

  it('is not there, rather than an error, and holds nothing', async () => {
    const { accounts, memberships, licences, passes } = contoso.targets.entra.reads;
    expect(await required(accounts).byId(account, signal)).toBeUndefined();
    expect(await required(memberships).groupsOf(account, signal)).toEqual([]);
    expect(await required(licences).licencesOf(account, signal)).toEqual([]);
    expect(await required(passes).passesOf(account, signal)).toEqual([]);
  });

  it('takes no changes yet, and is asked to be tried again', async () => {
    const { accounts, memberships, passes } = contoso.targets.entra.writes;
    expect(await required(accounts).update(updating(account, { jobTitle: 'x' }), signal)).toMatchObject({ is: 'later' });
    expect(await required(memberships).setMembership(linking('member', 'link', account, group), signal)).toMatchObject({ is: 'later' });
    expect(await required(passes).issue(issuing(account, { lifetimeMinutes: 60 }), signal)).toMatchObject({ is: 'later' });
  });

  it('holds its name all the same: a second is refused', async () => {
    const again = creating({ ...sample.account(801), userPrincipalName: 'test.person800@contoso.example' });
    expect(await required(contoso.targets.entra.writes.accounts).create(again, signal)).toMatchObject({
      is: 'refused',
      nameTaken: 'userPrincipalName',
    });
  });
});

describe('a user who was deleted', () => {
  it('still holds the principal name, since they may be restored', async () => {
    const signal = AbortSignal.timeout(30_000);
    const contoso = await startContoso();
    const { reads, writes } = contoso.targets.entra;
    const account = idOf(await required(writes.accounts).create(creating(sample.account(810)), signal));
    await required(writes.accounts).delete(deleting(account), signal);
    expect(await required(reads.accounts).holdersOf('userPrincipalName', 'Test.Person810@contoso.example', signal)).toEqual([account]);
    await contoso.stop();
  });
});

describe('a user mastered by Active Directory', () => {
  it('is known by the anchor that its directory account has', async () => {
    const signal = AbortSignal.timeout(30_000);
    const contoso = await startContoso();
    const [directory] = await required(contoso.targets.ad.reads.accounts).byEmployeeId('10011', signal);
    const [cloud] = await required(contoso.targets.entra.reads.accounts).byAnchor(required(directory?.anchor), signal);
    expect(cloud).toMatchObject({ employeeId: '10011', masteredElsewhere: true, anchor: directory?.anchor });
    expect(await required(contoso.targets.ad.reads.accounts).byAnchor(required(directory?.anchor), signal)).toMatchObject([
      { id: directory?.id },
    ]);
    // A filter of the tenant knows no case, and base64 does: another anchor is somebody else's.
    const another = swapCase(required(directory?.anchor));
    expect(await required(contoso.targets.entra.reads.accounts).byAnchor(another, signal)).toEqual([]);
    await contoso.stop();
  });
});

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
}
