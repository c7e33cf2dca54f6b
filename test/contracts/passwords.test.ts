import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { containing, creating, updating } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

const nowhere = '00000000-0000-4000-8000-00000000ffff';
const hourMs = 3_600_000;

describe('passwords in ad', () => {
  const signal = AbortSignal.timeout(60_000);
  let contoso: Contoso;
  let account: string;
  const lastSet = () => required(contoso.targets.ad.reads.passwords).lastSet(account, signal);
  const reset = (id = account, input = {}) =>
    required(contoso.targets.ad.writes.passwords).resetPassword(containing('password', 'reset', id, input), signal);
  const passwords = () => contoso.sandbox.world.secrets.list().filter(({ kind }) => /password/i.test(kind));
  const anHourLater = () => contoso.sandbox.world.clock.setOffset(contoso.sandbox.world.clock.offsetMs() + hourMs);
  beforeAll(async () => {
    contoso = await startContoso();
    const attributes = { ...required(accountSamples.find(({ target }) => target === 'ad')).account(620), mustChangePassword: false };
    account = idOf(await required(contoso.targets.ad.writes.accounts).create(creating(attributes), signal));
  });
  afterAll(() => contoso.stop());

  it('are set twice by a reset, to ones that differ, and the moment of it can be read', async () => {
    const before = required(await lastSet());
    const known = passwords().length;
    anHourLater();
    expect(await reset()).toMatchObject({ is: 'accepted', id: account });
    expect(required(await lastSet())).toBeGreaterThanOrEqual(before + hourMs);
    const made = passwords().slice(known);
    expect(made).toHaveLength(2);
    expect(new Set(made.map(({ value }) => value)).size).toBe(2);
    expect(JSON.stringify(contoso.sandbox.world.requests.since('directory', 0))).not.toContain(required(made[0]).value);
  });

  it('are set as often as the change says', async () => {
    const known = passwords().length;
    await reset(account, { times: 1 });
    expect(passwords()).toHaveLength(known + 1);
  });

  it('are set anew when the answer to a reset was lost', async () => {
    const before = required(await lastSet());
    anHourLater();
    nextCallFails(contoso, 'directory', 'ldap.modify', { phase: 'after', effect: { reset: true } });
    expect(await reset()).toMatchObject({ is: 'lost' });
    expect(required(await lastSet())).toBeGreaterThan(before);
    expect(await reset()).toMatchObject({ is: 'accepted' });
  });

  it('of an account that is not there are not reset, and it is said so', async () => {
    expect(await reset(nowhere)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });

  it('that have to be changed at the next sign-in count as never set', async () => {
    await required(contoso.targets.ad.writes.accounts).update(updating(account, { mustChangePassword: true }), signal);
    expect(await lastSet()).toBeNull();
  });
});
