import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nextCallFails } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';
import { now, perform, settle, writesSince } from '../gate/apply.ts';
import { planOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from '../gate/people.ts';
import { graphAdmin } from '../operations/graph-notices/graph-admin.ts';
import type { Change } from '../../shared/domain/change.ts';
import { performTask } from '../../shared/operations/perform-task.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const target = 'oci:contoso';
const entra = 'entra:contoso';
const signal = () => AbortSignal.timeout(10_000);

async function runFor(person: string, trigger: string): Promise<Run> {
  const run = { ...(await aRun(world, person)), id: world.deps.ids.next(), trigger };
  await world.deps.registry.transaction((stores) => stores.runs.plan(run));
  return run;
}

async function joined(where: string) {
  const person = await hire(world, aWorker());
  const run = await runFor(person, 'joiner');
  for (const task of ['create-account', 'ensure-groups', 'enable-account'])
    expect((await perform(world, run, task, { target: where })).state).toBe('done');
  const account = required((await world.deps.registry.stores.links.of(person))[0]).nativeId;
  return { person, account };
}

function see(where: string, account: string) {
  return required(world.gate.target(where).reads.accounts).byId(account, signal());
}

const groupNumbered = (number: string) => `a1000000-0000-4000-8000-${number.padStart(12, '0')}`;

const busy = { phase: 'before', effect: { status: 503 } } as const;

/** Somebody whose licences were given by a run, which another is to take back. */
async function withLicences(workerId: string) {
  const person = await hire(world, aWorker({ workerId }));
  const account = await linkExisting(world, person, entra, workerId);
  await perform(world, await runFor(person, 'contained'), 'remove-licences', { target: entra });
  const giving = await runFor(person, 'joiner');
  expect((await perform(world, giving, 'ensure-licences', { target: entra })).state).toBe('done');
  const run = await runFor(person, 'rescinded');
  const given = { run: giving.id };
  return {
    person,
    account,
    once: () => performTask(world.deps, { id: 'undo', task: 'undo', with: given }, { run, attempts: 0 }),
    rescinded: () => perform(world, run, 'undo', given),
  };
}

/** The same, once the cloud was busy when the first of them was to be taken. */
async function takingBackLicences(workerId: string) {
  const taking = await withLicences(workerId);
  nextCallFails(world.contoso, 'graph', 'users.assignLicense', busy);
  expect(await taking.once()).toMatchObject({ state: 'waiting' });
  return taking;
}

describe('a hire that is rescinded', () => {
  it('loses the account that joining made, and nothing is left to undo', async () => {
    const { person, account } = await joined(target);
    const result = await perform(world, await runFor(person, 'rescinded'), 'undo', { of: 'joiner' });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    expect(await see(target, account)).toBeUndefined();
    expect(await world.deps.registry.stores.links.of(person)).toEqual([]);
    expect((await planOf(world, person, 'undo', { of: 'joiner' })).changes).toEqual([]);
  });
});

describe('a hire that is rescinded while others see to it', () => {
  it('has nothing left to undo of an account that is gone already, as one that went with the one that masters it', async () => {
    const person = await hire(world, aWorker({ workerId: '20004' }));
    const account = await linkExisting(world, person, entra, '20004');
    await perform(world, await runFor(person, 'contained'), 'remove-licences', { target: entra });
    const giving = await runFor(person, 'joiner');
    expect((await perform(world, giving, 'ensure-licences', { target: entra })).state).toBe('done');
    await graphAdmin(world.contoso.sandbox).deleteUser(account);
    const result = await perform(world, await runFor(person, 'rescinded'), 'undo', { run: giving.id });
    expect(result).toMatchObject({ state: 'already', gaps: 0 });
  });

  it('has nothing left to undo of what it was taking away when the account went', async () => {
    const { person, account, rescinded } = await takingBackLicences('20014');
    await graphAdmin(world.contoso.sandbox).deleteUser(account);
    expect(await required(world.gate.target(entra).reads.accounts).byId(account, signal())).toBeUndefined();
    const result = await rescinded();
    expect(result).toMatchObject({ state: expect.stringMatching(/^(done|already)$/), gaps: 0 });
    expect((await world.deps.registry.stores.holdings.of(person)).filter(({ kind }) => kind === 'licence')).toEqual([]);
  });

  it('has nothing left to undo of what it takes away in the very moment in which the account goes', async () => {
    const { account, rescinded } = await withLicences('20003');
    const late = { operation: 'users.assignLicense', nth: 1, times: 1, phase: 'before', effect: { delayMs: 1500 } } as const;
    world.contoso.sandbox.world.faults.add({ system: 'graph', ...late });
    const start = now(world);
    const result = rescinded();
    await vi.waitUntil(() => world.contoso.sandbox.world.faults.list().at(-1)?.fired === 1, { timeout: 10_000 });
    await graphAdmin(world.contoso.sandbox).deleteUser(account);
    expect(await result).toMatchObject({ state: 'already', gaps: 0 });
    expect(writesSince(world, start)).toContain('users.assignLicense');
  });

  it.each([
    ['20005', 'users.transitiveMemberOf', undefined],
    ['20006', 'users.get', 'licenseAssignmentStates'],
  ])('looks again where an account that is there is answered as if it were not: %s, %s', async (workerId, operation, object) => {
    const { account, once, rescinded } = await takingBackLicences(workerId);
    const missing = { phase: 'before', effect: { status: 404, code: 'Request_ResourceNotFound' } } as const;
    const narrowed = object === undefined ? {} : { object };
    world.contoso.sandbox.world.faults.add({ system: 'graph', operation, nth: 1, times: 1, ...missing, ...narrowed });
    expect(await once()).toMatchObject({ state: 'waiting', summary: expect.stringContaining('404') });
    expect(await rescinded()).toMatchObject({ state: 'done', gaps: 0 });
    expect(await required(world.gate.target(entra).reads.licences).licencesOf(account, signal())).toEqual([]);
  });

  it('has nothing left to do to an account that somebody deleted while it was to be shut', async () => {
    const { person, account } = await joined(entra);
    const run = await runFor(person, 'rescinded');
    world.contoso.sandbox.world.faults.add({ system: 'graph', operation: 'users.update', nth: 1, times: 1, ...busy });
    world.contoso.sandbox.world.faults.add({ system: 'graph', operation: 'users.delete', nth: 1, times: 1, ...busy });
    const step = { id: 'undo', task: 'undo', with: { of: 'joiner' } } as const;
    expect(await performTask(world.deps, step, { run, attempts: 0 })).toMatchObject({ state: 'waiting' });
    world.contoso.sandbox.world.faults.clear();
    await graphAdmin(world.contoso.sandbox).deleteUser(account);
    expect(await perform(world, run, 'undo', { of: 'joiner' })).toMatchObject({
      state: expect.stringMatching(/^(done|already)$/),
      gaps: 0,
    });
  });

  it('loses the account that joining made, though it was shut meanwhile', async () => {
    const { person, account } = await joined(target);
    await perform(world, await runFor(person, 'leaver'), 'contain-account', { target });
    const result = await perform(world, await runFor(person, 'rescinded'), 'undo', { of: 'joiner' });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    expect(await see(target, account)).toBeUndefined();
  });
});

describe('a termination that is withdrawn', () => {
  it('gives back groups and opens the account, and only once', async () => {
    const { person, account } = await joined(entra);
    const memberships = required(world.gate.target(entra).reads.memberships);
    const before = await memberships.groupsOf(account, signal());
    await perform(world, await runFor(person, 'leaver'), 'contain-account', { target: entra });
    await perform(world, await runFor(person, 'contained'), 'remove-groups', { target: entra });
    const result = await perform(world, await runFor(person, 'withdrawn'), 'undo', { of: 'leaver' });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    expect((await see(entra, account))?.enabled).toBe(true);
    expect((await memberships.groupsOf(account, signal())).toSorted()).toEqual(before.toSorted());
    expect((await planOf(world, person, 'undo', { of: 'leaver' })).changes).toEqual([]);
  });

  it('gives back the group that somebody gave by hand, and not the one that a rule gave which is no more', async () => {
    const { person, account } = await joined(entra);
    const [byHand, byRule] = [groupNumbered('f'), groupNumbered('10')];
    await graphAdmin(world.contoso.sandbox).addMember(byHand, account);
    const cause = { reference: 'rule:gone', message: 'Audit Season' };
    const aim = { target: entra, person, kind: 'group', object: { id: account }, effect: 'grant', cause, as: 'reach' } as const;
    await settle(world, await runFor(person, 'mover'), { ...aim, do: 'link', relation: 'member', other: { id: byRule } });
    await perform(world, await runFor(person, 'contained'), 'remove-groups', { target: entra });
    const result = await perform(world, await runFor(person, 'withdrawn'), 'undo', { of: 'leaver' });
    expect(result).toMatchObject({ gaps: 1, summary: expect.stringContaining('Audit Season is not given back: no access rule') });
    const groups = await required(world.gate.target(entra).reads.memberships).groupsOf(account, signal());
    expect([groups.includes(byHand), groups.includes(byRule)]).toEqual([true, false]);
  });

  it('gives back nothing of an earlier time with the company', async () => {
    const { person } = await joined(entra);
    await perform(world, await runFor(person, 'contained'), 'remove-groups', { target: entra });
    const rehired = await runFor(person, 'rehire');
    await perform(world, await runFor(person, 'leaver'), 'contain-account', { target: entra });
    expect(rehired.trigger).toBe('rehire');
    const link: Change = {
      target: entra,
      person,
      kind: 'account',
      object: { id: required((await world.deps.registry.stores.links.of(person))[0]).nativeId },
      effect: 'enable',
      cause: { reference: 'test', message: 'test' },
      as: 'reach',
      do: 'update',
      before: { enabled: false },
      after: { enabled: true },
    };
    await settle(world, rehired, link);
    expect((await planOf(world, person, 'undo', { of: 'leaver' })).changes).toEqual([]);
  });
});

it('undoes exactly what is still as it was left, whatever somebody else has changed since', async () => {
  const values = {
    title: ['Engineer', 'Lead', 'Chief'],
    department: ['Platform', 'Sales', 'Finance'],
    costCenter: ['CC-1', 'CC-2', 'CC-3'],
  } as const;
  const names = Object.keys(values) as (keyof typeof values)[];
  const step = fc.record({ title: fc.nat(2), department: fc.nat(2), costCenter: fc.nat(2) });
  const { person, account } = await joined(target);
  const write = async (run: Run, after: Record<string, string>) => {
    const before = required(await see(target, account)).attributes;
    const aim = { target, person, kind: 'account', object: { id: account }, effect: 'attribute' } as const;
    const pick = Object.fromEntries(names.map((name) => [name, before[name] ?? null]));
    await settle(world, run, { ...aim, cause: { reference: 'test', message: 'test' }, as: 'reach', do: 'update', before: pick, after });
  };
  const of = (choice: Record<keyof typeof values, number>) =>
    Object.fromEntries(names.map((name) => [name, required(values[name][choice[name]])]));
  await fc.assert(
    fc.asyncProperty(step, step, step, async (start, left, since) => {
      await write(await runFor(person, 'mover'), of(start));
      await write(await runFor(person, 'leaver'), of(left));
      // By somebody else: not through a run of ours.
      const change: Change = {
        target,
        person,
        kind: 'account',
        object: { id: account },
        effect: 'attribute',
        cause: { reference: 'x', message: 'x' },
        as: 'reach',
        do: 'update',
        before: {},
        after: of(since),
      };
      await required(world.gate.target(target).writes.accounts).update(change as never, signal());
      const plan = await planOf(world, person, 'undo', { of: 'leaver' });
      const touched = Object.assign({}, ...plan.changes.map((one) => (one.do === 'update' ? one.after : {})));
      const expected = names.filter((name) => since[name] === left[name] && left[name] !== start[name]);
      expect(touched).toEqual(Object.fromEntries(expected.map((name) => [name, required(values[name][start[name]])])));
    }),
    { numRuns: 25 },
  );
}, 60_000);
