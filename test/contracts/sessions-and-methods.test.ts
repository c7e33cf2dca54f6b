import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { containing, creating, issuing, unlinking } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

const nowhere = '00000000-0000-4000-8000-00000000ffff';
const signal = AbortSignal.timeout(60_000);
const sample = required(accountSamples.find(({ target }) => target === 'entra'));
let contoso: Contoso;
let account: string;
beforeAll(async () => {
  contoso = await startContoso();
  account = idOf(await required(contoso.targets.entra.writes.accounts).create(creating({ ...sample.account(680), enabled: true }), signal));
});
afterAll(() => contoso.stop());

describe('sessions in entra', () => {
  const validFrom = () => required(contoso.targets.entra.reads.sessions).validFrom(account, signal);
  const revoke = (id = account) =>
    required(contoso.targets.entra.writes.sessions).revokeSessions(containing('sessions', 'revoke', id), signal);
  const anHourLater = () => contoso.sandbox.world.clock.setOffset(contoso.sandbox.world.clock.offsetMs() + 3_600_000);

  it('are void from the moment they are revoked, however often', async () => {
    await revoke();
    const before = required(await validFrom());
    anHourLater();
    expect(await revoke()).toMatchObject({ is: 'accepted', id: account });
    expect(required(await validFrom())).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(await revoke()).toMatchObject({ is: 'accepted' });
  });

  it('are lost from sight when the answer is, and seen to be void', async () => {
    const before = required(await validFrom());
    anHourLater();
    nextCallFails(contoso, 'graph', 'users.revokeSignInSessions', { phase: 'after', effect: { reset: true } });
    expect(await revoke()).toMatchObject({ is: 'lost' });
    expect(required(await validFrom())).toBeGreaterThan(before);
  });

  it('of a user who is not there are not revoked, in Graph’s own words', async () => {
    expect(await revoke(nowhere)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found', requestId: expect.any(String) } });
  });
});

describe('passes in entra', () => {
  const passes = async () => (await required(contoso.targets.entra.reads.passes).passesOf(account, signal)).map(({ id }) => id);
  const remove = (id: string, of = account) => required(contoso.targets.entra.writes.passes).removePass(unlinking('pass', of, id), signal);

  it('are deleted by their id, and gone already is accepted', async () => {
    const issued = await required(contoso.targets.entra.writes.passes).issue(issuing(account, { lifetimeMinutes: 60 }), signal);
    expect(await passes()).toEqual([idOf(issued)]);
    expect(await remove(idOf(issued))).toMatchObject({ is: 'accepted', id: account });
    expect(await passes()).toEqual([]);
    expect(await remove(idOf(issued))).toMatchObject({ is: 'accepted' });
  });

  it('of a user who is not there are not called deleted', async () => {
    expect(await remove(nowhere, nowhere)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });
});

describe('methods in entra', () => {
  const methods = () => required(contoso.targets.entra.reads.methods).methodsOf(account, signal);
  const remove = (id: string) => required(contoso.targets.entra.writes.methods).removeMethod(unlinking('method', account, id), signal);
  const keep = (type: string, id: string, body: Readonly<Record<string, string>>) =>
    contoso.sandbox.world.database.prepare('INSERT INTO graph_methods VALUES (?, ?, ?, ?)').run(id, account, type, JSON.stringify(body));
  const keepAll = () => {
    keep('microsoftAuthenticator', 'app', { createdDateTime: '2025-01-02T00:00:00Z' });
    keep('softwareOath', 'oath', { createdDateTime: '2025-01-01T00:00:00Z' });
    keep('phone', 'mobile', { phoneNumber: '+1 5550100', phoneType: 'mobile', createdDateTime: '2025-01-03T00:00:00Z' });
    keep('phone', 'alternate', { phoneNumber: '+1 5550101', phoneType: 'alternateMobile', createdDateTime: '2025-01-04T00:00:00Z' });
    for (const type of ['fido2', 'windowsHelloForBusiness', 'platformCredential', 'email']) keep(type, `${type}-1`, {});
  };

  it('are named with their kind, without the password and passes; the oldest that can be the default is taken for it and comes last', async () => {
    keepAll();
    const found = await methods();
    const kinds = found.slice(0, 4).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['email', 'fido2', 'platformCredential', 'windowsHelloForBusiness']);
    expect(found.slice(4)).toEqual([
      { id: 'phone/alternate', kind: 'phone', isDefault: false },
      { id: 'phone/mobile', kind: 'phone', isDefault: false },
      { id: 'microsoftAuthenticator/app', kind: 'microsoftAuthenticator', isDefault: false },
      { id: 'softwareOath/oath', kind: 'softwareOath', isDefault: true },
    ]);
  });

  it('that are the default are not deleted before the others, and Graph’s own words say so', async () => {
    expect(await remove('softwareOath/oath')).toMatchObject({
      is: 'refused',
      problem: { message: expect.stringContaining('default method') },
    });
    expect((await methods()).map(({ id }) => id)).toContain('softwareOath/oath');
  });

  it('are each deleted in the collection of its kind, in the order in which they are listed', async () => {
    const found = await methods();
    expect(found.length).toBeGreaterThan(0);
    for (const { id } of found) expect(await remove(id)).toMatchObject({ is: 'accepted', id: account });
    expect(await methods()).toEqual([]);
    expect(await remove(required(found[0]).id)).toMatchObject({ is: 'accepted' });
  });

  it('of a kind that Graph lets nobody delete are refused', async () => {
    expect(await remove('password/28c10230-6103-485e-b985-444c60001490')).toMatchObject({ is: 'refused' });
    expect(await remove('nothing')).toMatchObject({ is: 'refused' });
  });
});
