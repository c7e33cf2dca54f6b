import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Change, Effect } from '../../shared/domain/change.ts';
import { applyChange } from '../../shared/gate/apply-change.ts';
import type { GateDeps, GatePolicy } from '../../shared/gate/gate-deps.ts';
import { linking } from '../contracts/changes.ts';
import { required } from '../contracts/expected.ts';
import { now, once, perform, writesSince } from './apply.ts';
import { changeOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, asking, aWorker, hire, linkExisting } from './people.ts';

const entra = 'entra:contoso';
const ad = 'ad:contoso';
const oci = 'oci:contoso';
const auditors = 'b1000000000000000000000000000003';

let world: GateWorld;
const ids: Record<string, { readonly person: string; readonly accounts: Readonly<Record<string, string>> }> = {};

async function known(workerId: string, targets: readonly string[]): Promise<void> {
  const person = await hire(world, aWorker({ workerId, workerType: workerId.startsWith('1') ? 'employee' : 'contractor' }));
  const accounts: Record<string, string> = {};
  for (const target of targets) accounts[target] = await linkExisting(world, person, target, workerId);
  ids[workerId] = { person, accounts };
}

beforeAll(async () => {
  world = await startGateWorld();
  // 10008 is in a role-assignable group and in GG-Admins; 10002 is eligible for a role; 10016 becomes a member of OCI Auditors; 10015 and 20003 hold no privilege.
  await known('10008', [ad, entra]);
  await known('10002', [entra]);
  await known('10016', [entra, oci]);
  await known('10015', [ad, entra, oci]);
  await known('20003', [entra]);
  const memberships = required(world.contoso.targets.oci.writes.memberships);
  await memberships.setMembership(linking('member', 'link', accountOf('10016', oci), auditors), AbortSignal.timeout(10_000));
});
afterAll(() => world.stop());
afterEach(() => world.contoso.sandbox.world.faults.clear());

function accountOf(workerId: string, target: string): string {
  return required(ids[workerId]?.accounts[target]);
}

const cause = { reference: 'rule:test@1', message: 'a test' };

function update(workerId: string, target: string, after: Readonly<Record<string, string | boolean>>, effect: Effect = 'attribute'): Change {
  const person = required(ids[workerId]).person;
  return {
    target,
    person,
    kind: 'account',
    object: { id: accountOf(workerId, target) },
    effect,
    cause,
    as: 'reach',
    do: 'update',
    before: {},
    after,
  };
}

function join(workerId: string, target: string, group: string): Change {
  const person = required(ids[workerId]).person;
  return {
    target,
    person,
    kind: 'group',
    object: { id: accountOf(workerId, target) },
    effect: 'grant',
    cause,
    as: 'reach',
    do: 'link',
    relation: 'member',
    other: { id: group },
  };
}

function pass(workerId: string): Change {
  const person = required(ids[workerId]).person;
  const aim = { person, cause, as: 'act' } as const;
  const deliver = {
    ...aim,
    target: 'mail:contoso',
    kind: 'mail',
    object: { id: 'helpdesk@contoso.example' },
    effect: 'notify',
    do: 'send',
    key: `mail/pass/${workerId}`,
    input: { template: 'pass-for-manager', to: ['helpdesk@contoso.example'] },
    ifLost: 'look',
  } as const;
  return {
    ...aim,
    target: entra,
    kind: 'pass',
    object: { id: accountOf(workerId, entra) },
    effect: 'credential',
    do: 'issue',
    key: `pass/${workerId}`,
    input: { lifetimeMinutes: 60, isUsableOnce: true },
    ifLost: 'replace',
    deliver,
  };
}

/** Asks the gate once and answers what came of it, with the writes that it made. */
async function ask(
  change: Change,
  gate: GateDeps = world.gate,
): Promise<{ readonly outcome: Awaited<ReturnType<typeof once>>; readonly writes: readonly string[] }> {
  const start = now(world);
  const outcome = await once(gate, await aRun(world, change.person), change);
  return { outcome, writes: writesSince(world, start) };
}

function under(policy: Partial<GatePolicy>): GateDeps {
  return { ...world.gate, policy: { ...world.gate.policy, ...policy } };
}

describe('a user whom AD masters', () => {
  it.each([
    ['a title', { jobTitle: 'Chief' }, 'attribute'],
    ['a title beside a usage location', { usageLocation: 'DE', jobTitle: 'Chief' }, 'attribute'],
    ['being enabled', { accountEnabled: true, enabled: true }, 'enable'],
    ['a block that is called an attribute', { enabled: false }, 'attribute'],
    ['a title that is called containment', { enabled: false, jobTitle: 'Chief' }, 'contain'],
    ['being enabled under the name of containment', { enabled: true }, 'contain'],
  ] as const)('is not given %s in the cloud', async (_, after, effect) => {
    expect(await ask(update('10015', entra, after, effect))).toMatchObject({
      outcome: { is: 'refused', reason: { code: 'no-authority' } },
      writes: [],
    });
  });

  it('is not deleted in the cloud', async () => {
    const change: Change = {
      target: entra,
      person: required(ids['10015']).person,
      kind: 'account',
      object: { id: accountOf('10015', entra) },
      effect: 'destroy',
      cause,
      as: 'reach',
      do: 'delete',
      before: {},
    };
    expect(await ask(change)).toMatchObject({ outcome: { is: 'refused', reason: { code: 'no-authority' } }, writes: [] });
  });

  it('is given a usage location, and the stop-gap block', async () => {
    expect(await ask(update('10015', entra, { usageLocation: 'DE' }))).toMatchObject({ outcome: { is: 'done' }, writes: ['users.update'] });
    expect(await ask(update('10015', entra, { enabled: false }, 'contain'))).toMatchObject({
      outcome: { is: 'done' },
      writes: ['users.update'],
    });
  });

  it('is given attributes where they are mastered', async () => {
    expect(await ask(update('10015', ad, { title: 'Chief' }))).toMatchObject({ outcome: { is: 'done' }, writes: ['ldap.modify'] });
  });
});

describe('a group that is not for us to fill', () => {
  it.each([
    ['fills itself by a rule', '20003', entra, 'a1000000-0000-4000-8000-00000000000d', 'dynamic-group'],
    ['can carry roles', '20003', entra, 'a1000000-0000-4000-8000-00000000000e', 'role-assignable-group'],
    ['is protected in AD', '10015', ad, 'd1000000-0000-4000-8000-00000000000c', 'role-assignable-group'],
    ['is privileged in OCI', '10015', oci, 'b1000000000000000000000000000003', 'role-assignable-group'],
  ])('takes nobody in when it %s, whoever planned it', async (_, worker, target, group, code) => {
    expect(await ask(join(worker, target, group))).toMatchObject({ outcome: { is: 'refused', reason: { code } }, writes: [] });
  });
});

describe('a privileged account', () => {
  const denied: readonly (readonly [string, () => Change])[] = [
    ['a group, in AD', () => join('10008', ad, 'd1000000-0000-4000-8000-000000000003')],
    ['attributes, in AD', () => update('10008', ad, { title: 'Chief' })],
    ['being enabled, in AD', () => update('10008', ad, { enabled: true }, 'enable')],
    ['a group, in Entra, by a role-assignable group', () => join('10008', entra, 'a1000000-0000-4000-8000-000000000009')],
    ['a pass, by a role-assignable group', () => pass('10008')],
    ['a group, by a role that it is eligible for', () => join('10002', entra, 'a1000000-0000-4000-8000-000000000009')],
    ['a pass, by a role that it is eligible for', () => pass('10002')],
    ['a group, in OCI', () => join('10016', oci, 'b1000000000000000000000000000001')],
    ['attributes, in OCI', () => update('10016', oci, { title: 'Chief' })],
    ['a pass in Entra, by a group in OCI', () => pass('10016')],
  ];
  it.each(denied)('is not given %s', async (_, change) => {
    expect(await ask(change())).toMatchObject({ outcome: { is: 'refused', reason: { code: 'protected' } }, writes: [] });
  });

  it('is shut only once people have agreed, and stands open meanwhile', async () => {
    expect(await ask(update('10016', oci, { enabled: false }, 'contain'))).toMatchObject({
      outcome: { is: 'held', reason: { code: 'approval', message: expect.stringMatching(/^OPEN/) } },
      writes: [],
    });
  });
});

describe('an account of which nobody can say whether it is privileged', () => {
  it.each([
    ['Entra', 'graph', 'roleEligibilityScheduleInstances.list', () => join('20003', entra, 'a1000000-0000-4000-8000-00000000000c')],
    ['OCI', 'oci', 'scim.getUser', () => update('10015', oci, { title: 'Unreadable' })],
    ['AD', 'directory', 'ldap.search', () => update('10015', ad, { title: 'Unreadable' })],
  ] as const)('is given nothing in %s', async (_, system, operation, change) => {
    world.contoso.sandbox.world.faults.add({
      system,
      operation,
      nth: 1,
      times: 50,
      phase: 'before',
      effect: system === 'directory' ? { reset: true } : { status: 503, retryAfter: 0.01 },
    });
    const wanted = change();
    const run = await aRun(world, wanted.person);
    const start = now(world);
    await expect(applyChange(world.gate, { change: wanted, position: 0, request: asking(run) })).rejects.toThrow();
    expect(required(world.contoso.sandbox.world.faults.list()[0]).fired).toBeGreaterThan(0);
    expect(writesSince(world, start)).toEqual([]);
    expect(await world.deps.registry.stores.intents.of(run.id)).toEqual([]);
  });
});

describe('a brake', () => {
  it('holds what goes beyond its limit, writes nothing of it, and counts a change once', async () => {
    const gate = under({ brake: (effect) => (effect === 'notify' ? { limit: 1, windowMs: 3_600_000 } : undefined) });
    const [first, second] = await Promise.all([hire(world, aWorker()), hire(world, aWorker())]);
    const mailTo = (person: string): Promise<Change> => changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' });
    const run = await aRun(world, first);
    const change = await mailTo(first);
    expect((await once(gate, run, change)).is).toBe('done');
    expect((await once(gate, run, change)).is).toBe('done');
    const other = await mailTo(second);
    const held = await ask(other, gate);
    expect(held).toMatchObject({ outcome: { is: 'held', reason: { code: 'brake' } }, writes: [] });
    world.advance(3_600_001);
    expect((await ask(other, gate)).outcome.is).toBe('done');
  });

  it('books a change that was begun and is taken up again once', async () => {
    const gate = under({ brake: (effect) => (effect === 'notify' ? { limit: 2, windowMs: 3_600_000 } : undefined) });
    world.advance(3_600_001);
    const people = await Promise.all([1, 2].map(() => hire(world, aWorker())));
    const [first, second] = await Promise.all(
      people.map((person) => changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' })),
    );
    const run = await aRun(world, required(first).person);
    world.contoso.sandbox.world.faults.add({
      system: 'graph',
      operation: 'messages.create',
      nth: 1,
      times: 1,
      phase: 'before',
      effect: { status: 429, retryAfter: 0.01 },
    });
    expect((await once(gate, run, required(first))).is).toBe('waiting');
    expect((await once(gate, run, required(first))).is).toBe('done');
    expect((await ask(required(second), gate)).outcome.is).toBe('done');
  });

  it('of its own stands before the adoption of accounts', async () => {
    const worker = aWorker({ workerId: '20005', name: { given: 'Somebody', family: 'Known' } });
    const account = required(
      (await required(world.contoso.targets.entra.reads.accounts).byEmployeeId('20005', AbortSignal.timeout(10_000)))[0],
    );
    const person = await hire(world, { ...worker, name: { given: required(account.displayName).split(' ')[0] ?? '', family: null } });
    const held = {
      ...world,
      deps: { ...world.deps, gate: under({ brake: (effect) => (effect === 'adopt' ? { limit: 0, windowMs: 1000 } : undefined) }) },
    };
    const start = now(world);
    expect(await perform(held, await aRun(world, person), 'create-account', { target: entra })).toMatchObject({ state: 'held' });
    expect(await world.deps.registry.stores.links.of(person)).toEqual([]);
    expect(writesSince(world, start)).toEqual([]);
    // The account is brought up to date once it is adopted, which is another change.
    await perform(world, await aRun(world, person), 'create-account', { target: entra });
    expect(await world.deps.registry.stores.links.of(person)).toMatchObject([{ nativeId: account.id, how: 'adopted' }]);
  });
});

describe.each(['observe', 'plan'] as const)('a target in %s', (mode) => {
  it('is not written to', async () => {
    const gate = under({ mode: (target) => (target === entra ? mode : 'enforce') });
    expect(await ask(join('20003', entra, 'a1000000-0000-4000-8000-00000000000b'), gate)).toMatchObject({
      outcome: { is: 'skipped', reason: { code: 'target-mode' } },
      writes: [],
    });
  });

  it('keeps a pass from being issued that it would have to tell of', async () => {
    const gate = under({ mode: (target) => (target === 'mail:contoso' ? mode : 'enforce') });
    expect(await ask(pass('20003'), gate)).toMatchObject({ outcome: { is: 'skipped', reason: { code: 'target-mode' } }, writes: [] });
  });
});
