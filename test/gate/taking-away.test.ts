import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Act } from '../../shared/domain/change.ts';
import { type Fault, nextCallFails } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';
import { once, perform, settle, writesSince, now } from './apply.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from './people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());
afterEach(() => world.contoso.sandbox.world.faults.clear());

const signal = () => AbortSignal.timeout(10_000);
const cut = (phase: 'before' | 'after'): Fault => ({ phase, effect: { reset: true } });

async function withAccount(target: 'ad:contoso' | 'entra:contoso' | 'oci:contoso') {
  const worker = aWorker({ workerType: target === 'ad:contoso' ? 'employee' : 'contractor' });
  const person = await hire(world, worker);
  expect((await perform(world, await aRun(world, person), 'create-account', { target })).state).toBe('done');
  const account = required((await world.deps.registry.stores.links.of(person))[0]).nativeId;
  return { person, account, worker };
}

function act(what: Pick<Act, 'do' | 'kind' | 'target'>, person: string, account: string): Act {
  const cause = { reference: 'containment', message: 'Access has ended.' };
  const input = what.do === 'reset' ? { times: 2 } : {};
  return {
    ...what,
    person,
    object: { id: account },
    effect: 'contain',
    cause,
    as: 'act',
    key: `${what.do}/${account}`,
    input,
    ifLost: 'repeat',
  };
}

describe.each(['before', 'after'] as const)('a revocation of sessions whose answer is lost %s it took effect', (phase) => {
  it('is seen to have come about, once', async () => {
    const { person, account } = await withAccount('entra:contoso');
    const run = await aRun(world, person);
    const change = act({ do: 'revoke', kind: 'sessions', target: 'entra:contoso' }, person, account);
    nextCallFails(world.contoso, 'graph', 'users.revokeSignInSessions', cut(phase));
    expect((await settle(world, run, change)).is).toBe('done');
    expect(world.contoso.sandbox.world.faults.list().map(({ fired }) => fired)).toEqual([1]);
    expect(await required(world.gate.target('entra:contoso').reads.sessions).validFrom(account, signal())).not.toBeNull();
    const start = now(world);
    expect((await once(world.gate, run, change)).is).toBe('done');
    expect(writesSince(world, start)).toEqual([]);
  });
});

describe.each(['before', 'after'] as const)('a reset of a password whose answer is lost %s it took effect', (phase) => {
  it('is seen by the moment at which it was last set', async () => {
    const { person, account } = await withAccount('ad:contoso');
    const passwords = required(world.gate.target('ad:contoso').reads.passwords);
    const before = await passwords.lastSet(account, signal());
    const start = now(world);
    nextCallFails(world.contoso, 'directory', 'ldap.modify', cut(phase));
    const change = act({ do: 'reset', kind: 'password', target: 'ad:contoso' }, person, account);
    expect((await settle(world, await aRun(world, person), change)).is).toBe('done');
    expect(world.contoso.sandbox.world.faults.list().map(({ fired }) => fired)).toEqual([1]);
    expect(await passwords.lastSet(account, signal())).toBeGreaterThan(before ?? 0);
    // Set twice without a gap: the first time, whose answer was lost, does not count.
    expect(writesSince(world, start).filter((operation) => operation === 'ldap.modify').length).toBeGreaterThanOrEqual(3);
  });
});

describe('what an account had is taken away', () => {
  it('group by group, and the registry knows of it no more', async () => {
    const { person, account } = await withAccount('entra:contoso');
    await perform(world, await aRun(world, person), 'ensure-groups', { target: 'entra:contoso' });
    const { memberships } = world.gate.target('entra:contoso').reads;
    expect(await required(memberships).groupsOf(account, signal())).not.toEqual([]);
    expect(await world.deps.registry.stores.holdings.of(person)).not.toEqual([]);
    nextCallFails(world.contoso, 'graph', 'groups.removeMember', cut('after'));
    const result = await perform(world, await aRun(world, person), 'remove-groups', { target: 'entra:contoso' });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    const left = await required(memberships).groupsOf(account, signal());
    const kinds = await Promise.all(left.map(async (id) => (await required(memberships).group(id, signal()))?.kind));
    // A group that fills itself by a rule goes by its rule.
    expect(kinds.filter((kind) => kind !== 'dynamic')).toEqual([]);
    expect(await world.deps.registry.stores.holdings.of(person)).toEqual([]);
  });

  it('licence by licence, and what a group gives is left to go with it', async () => {
    const { person, account } = await withAccount('entra:contoso');
    await perform(world, await aRun(world, person), 'ensure-licences', { target: 'entra:contoso' });
    const licences = required(world.gate.target('entra:contoso').reads.licences);
    expect((await licences.licencesOf(account, signal())).length).toBeGreaterThan(0);
    expect((await perform(world, await aRun(world, person), 'remove-licences', { target: 'entra:contoso' })).state).toBe('done');
    expect((await licences.licencesOf(account, signal())).filter(({ viaGroup }) => viaGroup === null)).toEqual([]);
  });

  it.each([
    ['remove-methods', '10013'],
    ['remove-passes', '10018'],
    ['remove-app-roles', '10019'],
  ])('all that %s is for, of somebody who has it', async (task, workerId) => {
    const person = await hire(world, aWorker({ workerId, workerType: 'employee' }));
    const account = await linkExisting(world, person, 'entra:contoso', workerId);
    const result = await perform(world, await aRun(world, person), task, { target: 'entra:contoso' });
    expect(result).toMatchObject({ gaps: 0, state: expect.stringMatching(/^(done|already)$/) });
    const { methods, passes, appRoles } = world.gate.target('entra:contoso').reads;
    const left = {
      'remove-methods': () => required(methods).methodsOf(account, signal()),
      'remove-passes': () => required(passes).passesOf(account, signal()),
      'remove-app-roles': () => required(appRoles).appRolesOf(account, signal()),
    };
    expect(await left[task as keyof typeof left]()).toEqual([]);
  });

  it('second factors and remembered browsers in OCI, and what may not be removed is no success', async () => {
    const person = await hire(world, aWorker({ workerId: '10008', workerType: 'employee' }));
    const account = await linkExisting(world, person, 'oci:contoso', '10008');
    const methods = required(world.gate.target('oci:contoso').reads.methods);
    expect((await methods.methodsOf(account, signal())).map(({ id }) => id)).toEqual(['MFA', 'KMSI']);
    const forbidden = { operation: 'scim.removeAuthenticationFactors', nth: 1, times: 1, effect: { status: 403 } } as const;
    world.contoso.sandbox.world.faults.add({ system: 'oci', phase: 'before', ...forbidden });
    expect(await perform(world, await aRun(world, person), 'remove-methods', { target: 'oci:contoso' })).toMatchObject({ state: 'failed' });
    expect((await methods.methodsOf(account, signal())).map(({ id }) => id)).toContain('MFA');
    expect(await perform(world, await aRun(world, person), 'remove-methods', { target: 'oci:contoso' })).toMatchObject({
      state: 'done',
      gaps: 0,
    });
    expect(await methods.methodsOf(account, signal())).toEqual([]);
  });

  it('credential by credential in OCI, and a kind that cannot be read is a gap', async () => {
    const person = await hire(world, aWorker({ workerId: '10012', workerType: 'employee' }));
    const account = await linkExisting(world, person, 'oci:contoso', '10012');
    const credentials = required(world.gate.target('oci:contoso').reads.credentials);
    expect((await perform(world, await aRun(world, person), 'remove-credentials', { target: 'oci:contoso' })).gaps).toBe(0);
    expect((await credentials.credentialsOf(account, signal())).credentials).toEqual([]);
    world.contoso.sandbox.world.faults.add({
      system: 'oci',
      operation: 'scim.listApiKeys',
      nth: 1,
      times: 9,
      phase: 'before',
      effect: { status: 403 },
    });
    const blind = await perform(world, await aRun(world, person), 'remove-credentials', { target: 'oci:contoso' });
    expect(blind).toMatchObject({ gaps: 1, summary: expect.stringContaining('ApiKeys could not be read') });
  });
});

describe('an account that is deleted', () => {
  it.each(['entra:contoso', 'ad:contoso', 'oci:contoso'] as const)(
    'in %s is gone, its link ended; somebody who comes back has one again',
    async (target) => {
      const { person, account } = await withAccount(target);
      expect((await perform(world, await aRun(world, person), 'delete-account', { target })).state).toBe('done');
      const { links } = world.deps.registry.stores;
      expect(await links.of(person)).toEqual([]);
      expect(await required(world.gate.target(target).reads.accounts).byId(account, signal())).toBeUndefined();
      const back = await perform(world, await aRun(world, person), 'revive-account', { target });
      expect(back).toMatchObject({ state: 'done', gaps: 0 });
      const [link] = await links.of(person);
      // OCI keeps no deleted users: there it is a new one.
      expect(link?.nativeId === account).toBe(target !== 'oci:contoso');
      expect((await required(world.gate.target(target).reads.accounts).byId(required(link).nativeId, signal()))?.enabled).toBe(false);
    },
  );

  it.each([
    ['entra:contoso', 'graph', 'users.delete'],
    ['ad:contoso', 'directory', 'ldap.delete'],
    ['oci:contoso', 'oci', 'scim.deleteUser'],
  ] as const)('in %s is deleted also where the answer was lost', async (target, system, operation) => {
    const { person } = await withAccount(target);
    world.contoso.sandbox.world.faults.add({ system, operation, nth: 1, times: 1, phase: 'after', effect: { reset: true } });
    expect(await perform(world, await aRun(world, person), 'delete-account', { target })).toMatchObject({ state: 'done', gaps: 0 });
    expect(await world.deps.registry.stores.links.of(person)).toEqual([]);
    expect(world.contoso.sandbox.world.faults.list().at(-1)?.fired).toBe(1);
  });

  it('is not deleted while it is enabled', async () => {
    const { person, account } = await withAccount('oci:contoso');
    await perform(world, await aRun(world, person), 'enable-account', { target: 'oci:contoso' });
    const result = await perform(world, await aRun(world, person), 'delete-account', { target: 'oci:contoso' });
    expect(result).toMatchObject({ state: 'skipped', gaps: 1 });
    expect(await required(world.gate.target('oci:contoso').reads.accounts).byId(account, signal())).toMatchObject({ enabled: true });
  });
});
