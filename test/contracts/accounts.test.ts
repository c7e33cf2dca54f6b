import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import type { FoundAccount } from '../../shared/ports/readers/accounts.ts';
import { accountSamples, namesThatHurt, ordinaryPerson } from './account-samples.ts';
import { creating, deleting, updating } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required, textOf } from './expected.ts';

let contoso: Contoso;
let count = 0;
beforeAll(async () => {
  contoso = await startContoso('samba');
});
afterAll(() => contoso.stop());

describe.each(accountSamples)('accounts in $target', (sample) => {
  const signal = AbortSignal.timeout(60_000);
  const reads = () => required(contoso.targets[sample.target].reads.accounts);
  const writes = () => required(contoso.targets[sample.target].writes.accounts);
  const next = (name?: string) => sample.account((count += 1), name);
  const create = async (attributes = next()) => idOf(await writes().create(creating(attributes), signal));
  const found = async (id: string): Promise<FoundAccount> => required(await reads().byId(id, signal));

  it('finds a new account by its id and by its employee id, disabled and with what was written', async () => {
    const { initialPassword: _, mustChangePassword: __, bypassNotification: ___, enabled: ____, ...written } = next();
    const id = await create({ ...written, ...secrets(sample.target) });
    const account = await found(id);
    expect(account).toMatchObject({ id, enabled: false, employeeId: written[sample.employeeId], masteredElsewhere: false });
    expect(account.attributes).toMatchObject(written);
    expect((await reads().byEmployeeId(textOf(written[sample.employeeId]), signal)).map((one) => one.id)).toEqual([id]);
  });

  it('says that an id nobody has, and one that is malformed, are not there', async () => {
    expect(await reads().byId('00000000-0000-4000-8000-000000000000', signal)).toBeUndefined();
    expect(await reads().byId("no' such)id", signal)).toBeUndefined();
    expect(await reads().byEmployeeId("1' or '1' eq '1", signal)).toEqual([]);
    expect(await reads().byEmployeeId('*', signal)).toEqual([]);
  });

  it('enables, disables, changes and clears', async () => {
    const id = await create();
    expect(await writes().update(updating(id, { enabled: true, [sample.changing]: 'Director' }), signal)).toMatchObject({
      is: 'accepted',
      id,
    });
    expect(await found(id)).toMatchObject({ enabled: true, attributes: { [sample.changing]: 'Director' } });
    await writes().update(updating(id, { enabled: false, [sample.changing]: null }), signal);
    expect(await found(id)).toMatchObject({ enabled: false, attributes: { [sample.changing]: null } });
  });

  it('clears what is already clear without complaint', async () => {
    const id = await create();
    await writes().update(updating(id, { [sample.changing]: null, manager: null }), signal);
    expect(await writes().update(updating(id, { [sample.changing]: null, manager: null }), signal)).toMatchObject({ is: 'accepted' });
    expect((await found(id)).attributes).toMatchObject({ [sample.changing]: null, manager: null });
  });

  it('sets and removes the manager by id', async () => {
    const manager = required(sample.idOf(ordinaryPerson(sample)));
    const id = await create();
    expect(await writes().update(updating(id, { manager: { id: manager } }), signal)).toMatchObject({ is: 'accepted' });
    expect((await found(id)).attributes['manager']).toBe(manager);
    await writes().update(updating(id, { manager: null }), signal);
    expect((await found(id)).attributes['manager']).toBeNull();
  });

  it('sets the manager of a new account in the same step', async () => {
    const manager = required(sample.idOf(ordinaryPerson(sample)));
    expect((await found(await create({ ...next(), manager: { id: manager } }))).attributes['manager']).toBe(manager);
  });

  it('refuses a name that is taken and says which one', async () => {
    const first = next();
    await create(first);
    const second = { ...next(), [sample.unique]: first[sample.unique] ?? null };
    expect(await writes().create(creating(second), signal)).toMatchObject({ is: 'refused', nameTaken: sample.unique });
  });

  it('knows who bears a name, whatever its case, and that a free one is nobody’s', async () => {
    const account = next();
    const id = await create(account);
    const name = textOf(account[sample.unique]);
    expect(await reads().holdersOf(sample.unique, name.toUpperCase(), signal)).toEqual([id]);
    expect(await reads().holdersOf(sample.unique, "free'name)(*", signal)).toEqual([]);
  });

  it.each(namesThatHurt)('keeps the name %j as it is', async (name) => {
    const id = await create(next(name));
    expect((await found(id)).displayName).toBe(name);
    await writes().update(updating(id, { [sample.changing]: name }), signal);
    expect((await found(id)).attributes[sample.changing]).toBe(name);
  });

  it('passes every account exactly once', async () => {
    const seen: string[] = [];
    for await (const account of reads().all(signal)) seen.push(account.id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(company.map(sample.idOf).filter((id) => id !== null)));
  });

  it('calls an account privileged that is, and no other', async () => {
    expect(await reads().isPrivileged(required(sample.idOf(ordinaryPerson(sample))), signal)).toBe(false);
    for (const person of company.filter(({ workerId }) => sample.privileged.includes(workerId))) {
      expect(await reads().isPrivileged(required(sample.idOf(person)), signal)).toBe(true);
    }
  });

  it('cannot tell the privileges of an account that it cannot read, and says so rather than no', async () => {
    await expect(reads().isPrivileged('00000000-0000-4000-8000-000000000000', signal)).rejects.toThrow(/./);
  });

  it('deletes, and is content when it is gone already', async () => {
    const id = await create();
    expect(await writes().delete(deleting(id), signal)).toMatchObject({ is: 'accepted' });
    expect(await reads().byId(id, signal)).toBeUndefined();
  });

  it('calls the answer lost when the connection breaks after the account was made, and finds the account', async () => {
    const account = next();
    nextCallFails(contoso, sample.create.system, sample.create.operation, { phase: 'after', effect: { reset: true } });
    expect(await writes().create(creating(account), signal)).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect(await reads().byEmployeeId(textOf(account[sample.employeeId]), signal)).toHaveLength(1);
  });

  it('calls the answer lost when the connection breaks before anything was done, and finds nothing', async () => {
    const account = next();
    nextCallFails(contoso, sample.create.system, sample.create.operation, { phase: 'before', effect: { reset: true } });
    expect(await writes().create(creating(account), signal)).toMatchObject({ is: 'lost' });
    expect(await reads().byEmployeeId(textOf(account[sample.employeeId]), signal)).toEqual([]);
  });

  it('comes again later when the target is busy, having tried once', async () => {
    const account = next();
    nextCallFails(contoso, sample.create.system, sample.create.operation, { phase: 'before', effect: sample.create.busy });
    const answer = await writes().create(creating(account), signal);
    expect(answer).toMatchObject({ is: 'later', problem: { code: expect.stringMatching(/^target-/) } });
    if ('retryAfter' in sample.create.busy)
      expect(answer).toMatchObject({ retryAfterMs: 128, problem: { systemCode: expect.any(String), requestId: expect.any(String) } });
    expect(await reads().byEmployeeId(textOf(account[sample.employeeId]), signal)).toEqual([]);
  });

  it('calls an update lost when its answer is, and shows that it landed', async () => {
    const id = await create();
    nextCallFails(contoso, sample.create.system, sample.update, { phase: 'after', effect: { reset: true } });
    expect(await writes().update(updating(id, { [sample.changing]: 'Landed' }), signal)).toMatchObject({ is: 'lost' });
    expect((await found(id)).attributes[sample.changing]).toBe('Landed');
  });
});

describe('passwords of new accounts', () => {
  it('stand in no recorded request and in no answer', async () => {
    const signal = AbortSignal.timeout(20_000);
    const answers = await Promise.all(
      accountSamples.map((sample) =>
        required(contoso.targets[sample.target].writes.accounts).create(creating(sample.account((count += 1))), signal),
      ),
    );
    const secretValues = contoso.sandbox.world.secrets
      .list()
      .filter(({ kind }) => /password/i.test(kind))
      .map(({ value }) => value);
    expect(secretValues.filter((value) => value !== 'sandbox-ad-secret').length).toBeGreaterThan(1);
    const seen = JSON.stringify([
      answers,
      contoso.sandbox.world.requests.since('graph', 0),
      contoso.sandbox.world.requests.since('directory', 0),
    ]);
    expect(secretValues.filter((value) => seen.includes(value))).toEqual([]);
  });
});

function secrets(target: string) {
  if (target === 'oci') return { bypassNotification: true };
  if (target === 'scim') return {};
  return {
    initialPassword: { secret: 'initial-password' as const },
    ...(target === 'ad' || target === 'samba' ? { mustChangePassword: true } : {}),
  };
}
