import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../shared/config/load-config.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import type { Step } from '../../shared/workflows/definition.ts';
import { required } from '../contracts/expected.ts';
import { perform } from '../gate/apply.ts';
import { planOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from '../gate/people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const target = 'entra:contoso';
const signal = () => AbortSignal.timeout(10_000);
const reads = () => world.gate.target(target).reads;
const audit = 'a1000000-0000-4000-8000-000000000010';
const allEmployees = 'a1000000-0000-4000-8000-000000000001';

async function known(workerId: string, managerId?: string) {
  const stores = world.deps.registry.stores;
  const isEmployee = workerId.startsWith('1');
  const manager = managerId === undefined ? {} : { managerId };
  const person =
    (await stores.people.ownerOf('generic', workerId)) ??
    (await hire(world, aWorker({ workerId, workerType: isEmployee ? 'employee' : 'external', ...manager })));
  return { person, account: await linkExisting(world, person, target, workerId) };
}

async function runFor(person: string, trigger: string): Promise<Run> {
  const run = { ...(await aRun(world, person)), id: world.deps.ids.next(), trigger };
  await world.deps.registry.transaction((stores) => stores.runs.plan(run));
  return run;
}

/** The steps of leaver-strip that take groups and access packages here, in their order; of those side by side groups come first, as they may. */
function accessSteps() {
  const { definition } = required(loadConfig('config', catalog).workflows.find((one) => one.definition.id === 'leaver-strip'));
  const taking = (step: Step) => ('task' in step && /^remove-(groups|access-packages)$/.test(step.task) ? [step] : []);
  const groupsFirst = (steps: readonly Step[]) => steps.flatMap(taking).toSorted((one, other) => other.task.localeCompare(one.task));
  return definition.steps
    .flatMap((step) => ('parallel' in step ? groupsFirst(step.parallel) : taking(step)))
    .flatMap(({ task, with: given = {} }) => (given['target'] === target ? [{ task, given }] : []));
}

let offset = 0;

/** Performs the step while the tenant's clock is put forward too, so that it gets done what it works on. */
async function performAhead(run: Run, task: string, given: Readonly<Record<string, unknown>>) {
  const ahead = setInterval(() => world.contoso.sandbox.world.clock.setOffset((offset += 2_000)), 5);
  return perform(world, run, task, given).finally(() => clearInterval(ahead));
}

describe('the devices of a leaver', () => {
  it('are taken out of use, each as it is theirs, and what is left is said; who stays after all gets the company’s back', async () => {
    const { person, account } = await known('10028');
    const devices = () => required(reads().devices).devicesOf(account, signal());
    const result = await perform(world, await runFor(person, 'contained'), 'remove-devices', { target });
    expect(result).toMatchObject({ state: 'done', summary: expect.stringContaining('Active Directory') });
    expect(
      (await devices()).map(({ kind, enabled }) => [kind, enabled]).toSorted(([one], [other]) => String(one).localeCompare(String(other))),
    ).toEqual([
      ['company', false],
      ['hybrid', true],
    ]);
    expect((await planOf(world, person, 'remove-devices', { target })).changes).toEqual([]);
    await perform(world, await runFor(person, 'withdrawn'), 'undo', { of: 'leaver' });
    expect((await devices()).every(({ enabled }) => enabled)).toBe(true);
  });

  it('that somebody else uses too stay enabled, which is a gap', async () => {
    const { person } = await known('20004');
    const plan = await planOf(world, person, 'remove-devices', { target });
    expect(plan.changes).toEqual([]);
    expect(plan.skips).toMatchObject([{ reason: { code: 'owned-by-another', message: expect.stringContaining('1 other') } }]);
  });
});

describe('the groups that a leaver owns', () => {
  it('are handed over to the manager first, so that none is without an owner', async () => {
    const manager = await known('10011');
    const { person, account } = await known('10016', '10011');
    const owners = () => required(reads().ownerships).ownersOf(audit, signal());
    expect(await owners()).toEqual([account]);
    const plan = await planOf(world, person, 'hand-over-ownership', { target });
    expect(plan.changes.map((change) => change.do)).toEqual(['link', 'unlink']);
    const result = await perform(world, await runFor(person, 'contained'), 'hand-over-ownership', { target });
    expect(result).toMatchObject({ state: 'done', gaps: 0, summary: expect.stringContaining('ownership of Audit Season handed over') });
    expect(await owners()).toEqual([manager.account]);
    expect((await planOf(world, person, 'hand-over-ownership', { target })).changes).toEqual([]);
    await perform(world, await runFor(person, 'withdrawn'), 'undo', { of: 'leaver' });
    expect((await owners()).toSorted()).toEqual([account, manager.account].toSorted());
  });

  it('are not handed to a manager with a privilege, which is said', async () => {
    await known('10008');
    const { person } = await known('10003', '10008');
    const plan = await planOf(world, person, 'hand-over-ownership', { target });
    expect(plan.changes).toEqual([]);
    expect(plan.skips).toMatchObject([{ reason: { code: 'privileged' } }]);
  });

  it('stay theirs, and that is said, where there is nobody to hand them to', async () => {
    const { ownersOf } = required(reads().ownerships);
    const [head = ''] = await ownersOf('a1000000-0000-4000-8000-000000000007', signal());
    const workerId = required(await required(reads().accounts).byId(head, signal())).employeeId ?? '';
    const { person } = await known(workerId);
    const plan = await planOf(world, person, 'hand-over-ownership', { target });
    expect(plan.changes).toEqual([]);
    expect(plan.skips).toMatchObject([{ reason: { code: 'manager-unknown' } }]);
  });
});

describe('the sponsor of an external', () => {
  it('is the manager, and follows when the manager changes; whom others named stays', async () => {
    const [first, second] = [await known('10011'), await known('10013')];
    const { person, account } = await known('20003', '10011');
    const other = await known('20005');
    const write = required(world.gate.target(target).writes.sponsors);
    const byHand = { target, object: { id: account }, effect: 'attribute', do: 'link', relation: 'sponsor', other: { id: other.account } };
    expect((await write.setEdge(byHand as never, signal())).is).toBe('accepted');
    const sponsors = async () => (await required(reads().sponsors).sponsorsOf(account, signal())).toSorted();
    expect(await perform(world, await aRun(world, person), 'set-sponsors', { target })).toMatchObject({ state: 'done', gaps: 0 });
    expect(await sponsors()).toEqual([first.account, other.account].toSorted());
    const worker = aWorker({ workerId: '20003', workerType: 'external', managerId: '10013' });
    const stores = world.deps.registry.stores;
    const told = { source: 'generic', workerId: '20003', personId: person, worker, revision: 2, occurredAt: Date.now(), eventId: 'moved' };
    await stores.people.saveEngagement(told);
    expect(await perform(world, await aRun(world, person), 'set-sponsors', { target })).toMatchObject({ state: 'done', gaps: 0 });
    expect(await sponsors()).toEqual([second.account, other.account].toSorted());
    expect((await planOf(world, person, 'set-sponsors', { target })).changes).toEqual([]);
  });
});

describe('units, teams and access packages', () => {
  const leavers = 'fc000000-0000-4000-8000-000000000002';
  const board = 'fc000000-0000-4000-8000-000000000003';

  it('a leaver is administered with the leavers only, and a restricted unit is left and said', async () => {
    const { person, account } = await known('10015');
    const units = async () => (await required(reads().units).unitsOf(account, signal())).map(({ name }) => name);
    expect(await units()).toEqual(['Portugal']);
    const given = { target, units: [leavers, board], only: true };
    const result = await perform(world, await runFor(person, 'contained'), 'ensure-units', given);
    expect(result).toMatchObject({ state: 'done', gaps: 1, summary: expect.stringContaining('restricted') });
    expect(await units()).toEqual(['Leavers']);
    await perform(world, await runFor(person, 'withdrawn'), 'undo', { of: 'leaver' });
    expect(await units()).toEqual(['Portugal']);
  });

  it('somebody is put into a team, once', async () => {
    const { person, account } = await known('20006');
    const given = { target, teams: ['a1000000-0000-4000-8000-000000000004'] };
    expect(await perform(world, await aRun(world, person), 'ensure-teams', given)).toMatchObject({ state: 'done', gaps: 0 });
    expect(await required(reads().teams).isInTeam(given.teams[0] ?? '', account, signal())).toBe(true);
    expect((await planOf(world, person, 'ensure-teams', given)).changes).toEqual([]);
  });

  it('an access package is assigned when it was delivered, and taken away when that has ended', async () => {
    const { person, account } = await known('20009');
    const held = () => required(reads().accessPackages).accessPackagesOf(account, signal());
    const packages = [{ package: 'fa000000-0000-4000-8000-000000000001', policy: 'fb000000-0000-4000-8000-000000000001' }];
    expect(await performAhead(await runFor(person, 'joiner'), 'assign-access-packages', { target, packages })).toMatchObject({
      state: 'done',
      gaps: 0,
    });
    expect(await held()).toMatchObject([{ name: 'Sales Tools', delivered: true }]);
    expect((await planOf(world, person, 'assign-access-packages', { target, packages })).changes).toEqual([]);
    expect(await performAhead(await runFor(person, 'contained'), 'remove-access-packages', { target })).toMatchObject({
      state: 'done',
      gaps: 0,
    });
    expect(await held()).toEqual([]);
  });

  it('a group that came with an access package is not given back to who stays after all: the package is asked for again', async () => {
    const { person, account } = await known('10038');
    const memberships = required(reads().memberships);
    expect(await memberships.groupsOf(account, signal())).toContain(audit);
    const stripping = await runFor(person, 'contained');
    for (const { task, given } of accessSteps()) expect(await performAhead(stripping, task, given)).toMatchObject({ state: 'done' });
    const result = await perform(world, await runFor(person, 'withdrawn'), 'undo', { of: 'leaver' });
    expect(result).toMatchObject({ state: 'done', summary: expect.stringContaining('Audit Season was taken away: it is asked for again') });
    const after = await memberships.groupsOf(account, signal());
    expect(after).not.toContain(audit);
    expect(after).toContain(allEmployees);
  });

  it('a deleted account is erased on request, and never one that is there', async () => {
    const { person, account } = await known('20007');
    expect((await planOf(world, person, 'purge-account', { target })).skips).toMatchObject([{ reason: { code: 'not-applicable' } }]);
    const write = required(world.gate.target(target).writes.accounts);
    await write.delete({ target, object: { id: account }, effect: 'destroy', do: 'delete', before: {} } as never, signal());
    await world.deps.registry.stores.links.end(target, account, world.deps.clock.now());
    expect(await perform(world, await aRun(world, person), 'purge-account', { target })).toMatchObject({ state: 'done', gaps: 0 });
    expect(await required(reads().accounts).isRestorable(account, signal())).toBe(false);
    expect((await planOf(world, person, 'purge-account', { target })).changes).toEqual([]);
  });
});
