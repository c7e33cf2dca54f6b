import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Worker } from '../../shared/domain/worker.ts';
import { required } from '../contracts/expected.ts';
import { perform } from '../gate/apply.ts';
import { planOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire, tell } from '../gate/people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const ad = 'ad:contoso';
const entra = 'entra:contoso';
const signal = () => AbortSignal.timeout(10_000);
const london = { location: { code: 'LON', city: 'London', country: 'GB' } } as const;

async function employed(target: string, described: Partial<Worker> = {}) {
  const worker = aWorker({ workerType: target === ad ? 'employee' : 'contractor', ...described });
  const person = await hire(world, worker);
  expect(await perform(world, await aRun(world, person), 'create-account', { target })).toMatchObject({ state: 'done' });
  const account = required((await world.deps.registry.stores.links.of(person))[0]).nativeId;
  return { person, account, worker };
}

async function see(target: string, account: string) {
  return required(await required(world.gate.target(target).reads.accounts).byId(account, signal()));
}

describe('somebody who moves to another office', () => {
  it('gets the values and the organisational unit of the new one, and keeps their names', async () => {
    const { person, account, worker } = await employed(ad);
    const before = await see(ad, account);
    await tell(world, person, { ...worker, ...london, jobTitle: 'Lead' });
    const result = await perform(world, await aRun(world, person), 'update-account', { target: ad });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    const after = await see(ad, account);
    expect(after.attributes).toMatchObject({ title: 'Lead', l: 'London', ou: 'OU=GB,OU=People,DC=corp,DC=contoso,DC=example' });
    expect(after.attributes['userPrincipalName']).toBe(before.attributes['userPrincipalName']);
    expect((await planOf(world, person, 'update-account', { target: ad })).changes).toEqual([]);
  });

  it('where somebody of the same name sits already, gets the next common name', async () => {
    const name = { given: 'Rui', family: 'Duarte' };
    const other = await employed(ad, { name, ...london });
    const { person, account, worker } = await employed(ad, { name: { given: 'Rui', family: 'Duartee' } });
    expect((await see(ad, other.account)).attributes['cn']).toBe('Rui Duarte');
    const accounts = required(world.gate.target(ad).writes.accounts);
    const change = { target: ad, object: { id: account }, effect: 'attribute', do: 'update', before: {}, after: { cn: 'Rui Duarte' } };
    expect((await accounts.update(change as never, signal())).is).toBe('accepted');
    await tell(world, person, { ...worker, ...london });
    expect((await perform(world, await aRun(world, person), 'update-account', { target: ad })).state).toBe('done');
    expect((await see(ad, account)).attributes).toMatchObject({ cn: 'Rui Duarte (2)', ou: expect.stringContaining('OU=GB') });
  });

  it('and leaves at last, is moved to the leavers', async () => {
    const { person, account } = await employed(ad);
    const ou = 'OU=Leavers,DC=corp,DC=contoso,DC=example';
    expect((await perform(world, await aRun(world, person), 'move-to-ou', { target: ad, ou })).state).toBe('done');
    expect((await see(ad, account)).attributes['ou']).toBe(ou);
    expect((await perform(world, await aRun(world, person), 'move-to-ou', { target: ad, ou })).state).toBe('already');
  });
});

describe('somebody whose name changes', () => {
  it('keeps sign-in name and address, and that they differ is said', async () => {
    const { person, account, worker } = await employed(ad);
    const before = await see(ad, account);
    await tell(world, person, { ...worker, name: { given: 'Ana', family: 'Nova' } });
    const result = await perform(world, await aRun(world, person), 'update-account', { target: ad });
    expect(result).toMatchObject({ state: 'done', gaps: 3, summary: expect.stringContaining('Run the workflow rename') });
    const after = await see(ad, account);
    expect(after.attributes['sn']).toBe('Nova');
    expect(after.attributes['userPrincipalName']).toBe(before.attributes['userPrincipalName']);
  });

  it('gets new names in AD when that is asked for, and the old address stays as an alias', async () => {
    const { person, account, worker } = await employed(ad);
    const old = z.string().parse((await see(ad, account)).attributes['mail']);
    await tell(world, person, { ...worker, name: { given: 'Ana', family: 'Novais' } });
    expect((await perform(world, await aRun(world, person), 'rename-account', { target: ad })).state).toBe('done');
    const { attributes, id } = await see(ad, account);
    expect(attributes).toMatchObject({
      userPrincipalName: 'ana.novais@contoso.example',
      mail: 'ana.novais@contoso.example',
      cn: 'Ana Novais',
    });
    expect(attributes['proxyAddresses']).toEqual(expect.arrayContaining(['SMTP:ana.novais@contoso.example', `smtp:${old}`]));
    expect(await required(world.gate.target(ad).reads.accounts).holdersOf('mail', old, signal())).toEqual([id]);
    expect(await world.deps.registry.stores.names.holderOf('upn', 'ana.novais@contoso.example')).toBe(person);
    expect((await planOf(world, person, 'rename-account', { target: ad })).changes).toEqual([]);
  });

  it('gets a new name in the cloud, and an address that is lost by it is a gap', async () => {
    const { person, account, worker } = await employed(entra);
    await tell(world, person, { ...worker, name: { given: 'Ana', family: 'Noronha' } });
    const result = await perform(world, await aRun(world, person), 'rename-account', { target: entra });
    expect((await see(entra, account)).attributes['userPrincipalName']).toBe('ana.noronha@contoso.example');
    // Without a licence there is no mailbox, and nobody keeps the address.
    expect(result.summary).toContain('is no alias in entra:contoso');
  });
});

describe('access that a move has ended', () => {
  it('is taken away when all its reasons are over, and what was merely observed stays', async () => {
    const { person, account } = await employed(entra);
    await perform(world, await aRun(world, person), 'ensure-groups', { target: entra });
    const { holdings } = world.deps.registry.stores;
    const [first, second] = (await holdings.of(person)).filter(({ kind }) => kind === 'group');
    const until = world.deps.clock.now() - 1;
    for (const held of [required(first), required(second)])
      for (const reason of held.reasons) await holdings.endReason(person, held, reason, until);
    await holdings.add(person, [required(second)], { kind: 'observed', reference: 'baseline' }, until);
    const result = await perform(world, await aRun(world, person), 'remove-ended-access', { target: entra });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    const groups = await required(world.gate.target(entra).reads.memberships).groupsOf(account, signal());
    expect(groups).not.toContain(required(first).object);
    expect(groups).toContain(required(second).object);
  });
});
