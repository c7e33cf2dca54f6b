import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import { now, settle, writesSince } from './apply.ts';
import { changeOf, planOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from './people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

type Case = {
  readonly of: string;
  readonly target: string;
  readonly task: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly writes: readonly string[];
  readonly type?: 'employee' | 'contractor';
  /** What has to be there before: tasks of the same target, or an existing person whose accounts are used. */
  readonly before?: readonly (readonly [task: string, given: Readonly<Record<string, unknown>>])[];
};

const created = (target: string) => ['create-account', { target }] as const;
const entra = 'entra:contoso';
const pass = { target: entra, lifetimeMinutes: 60, usableOnce: true, mail: 'pass-for-manager' };
const cases: readonly Case[] = [
  { of: 'a create', target: 'ad:contoso', task: 'create-account', given: { target: 'ad:contoso' }, writes: ['ldap.add'], type: 'employee' },
  { of: 'a create', target: entra, task: 'create-account', given: { target: entra }, writes: ['users.create'] },
  { of: 'a create', target: 'oci:contoso', task: 'create-account', given: { target: 'oci:contoso' }, writes: ['scim.createUser'] },
  {
    of: 'an enable',
    target: 'ad:contoso',
    task: 'enable-account',
    given: { target: 'ad:contoso' },
    writes: ['ldap.modify'],
    type: 'employee',
    before: [created('ad:contoso')],
  },
  { of: 'an enable', target: entra, task: 'enable-account', given: { target: entra }, writes: ['users.update'], before: [created(entra)] },
  {
    of: 'an enable',
    target: 'oci:contoso',
    task: 'enable-account',
    given: { target: 'oci:contoso' },
    writes: ['scim.patchUser'],
    before: [created('oci:contoso')],
  },
  {
    of: 'a membership',
    target: 'ad:contoso',
    task: 'ensure-groups',
    given: { target: 'ad:contoso' },
    writes: ['ldap.modify'],
    type: 'employee',
    before: [created('ad:contoso')],
  },
  {
    of: 'a membership',
    target: entra,
    task: 'ensure-groups',
    given: { target: entra },
    writes: ['groups.addMember'],
    before: [created(entra)],
  },
  {
    of: 'a membership',
    target: 'oci:contoso',
    task: 'ensure-groups',
    given: { target: 'oci:contoso' },
    writes: ['scim.patchGroup'],
    before: [created('oci:contoso')],
  },
  {
    of: 'a licence',
    target: entra,
    task: 'ensure-licences',
    given: { target: entra },
    writes: ['users.assignLicense'],
    before: [created(entra)],
  },
  {
    of: 'a contact',
    target: 'hr:contoso',
    task: 'write-back',
    given: { target: 'hr:contoso' },
    writes: ['workContacts.put'],
    before: [created(entra)],
  },
  {
    of: 'a mail',
    target: 'mail:contoso',
    task: 'send-mail',
    given: { template: 'welcome', to: 'help-desk' },
    writes: ['messages.create', 'messages.send'],
    before: [created(entra)],
  },
  {
    of: 'a pass',
    target: entra,
    task: 'issue-pass',
    given: pass,
    writes: ['temporaryAccessPass.create', 'messages.create', 'messages.send'],
    before: [created(entra)],
  },
];

async function prepared({
  task,
  given,
  type = 'contractor',
  before = [],
}: Case): Promise<{ readonly person: string; readonly change: Change }> {
  const person = await hire(world, aWorker({ workerType: type }));
  for (const [earlier, input] of before) {
    const { changes } = await planOf(world, person, earlier, input);
    const run = await aRun(world, person);
    for (const change of changes) expect((await settle(world, run, change)).is).toBe('done');
  }
  return { person, change: await changeOf(world, person, task, given) };
}

describe.each(cases)('$of in $target', (one) => {
  it('is written once, seen, and recorded; asked again it answers from the record; for another run it is so already', async () => {
    const { person, change } = await prepared(one);
    const run = await aRun(world, person);
    const start = now(world);
    const outcome = await settle(world, run, change);
    expect(outcome.is).toBe('done');
    expect(writesSince(world, start)).toEqual(one.writes);

    const again = now(world);
    expect(await settle(world, run, change)).toEqual(outcome);
    expect(writesSince(world, again)).toEqual([]);

    const other = await settle(world, await aRun(world, person), change);
    expect(writesSince(world, again)).toEqual([]);
    expect(other.is).toBe('already');
    const [intent] = await world.deps.registry.stores.intents.of(run.id);
    expect(intent).toMatchObject({ state: 'closed', outcome });
    const audit = await world.deps.registry.stores.audit.list({ after: 0, limit: 50, runId: run.id });
    expect(audit.map(({ action }) => action)).toEqual(['change.done']);
  });
});

describe.each([
  ['ad:contoso', '10015'],
  [entra, '20003'],
  ['oci:contoso', '10016'],
])('an update of attributes in %s', (target, workerId) => {
  it('keeps what was there before, and is written once', async () => {
    const person = await hire(world, aWorker({ workerId }));
    const id = await linkExisting(world, person, target, workerId);
    const attribute = target === entra ? 'jobTitle' : 'title';
    const change: Change = {
      target,
      person,
      kind: 'account',
      object: { id },
      effect: 'attribute',
      cause: { reference: 'test', message: 'a test' },
      as: 'reach',
      do: 'update',
      before: { [attribute]: 'not looked at' },
      after: { [attribute]: 'Head of Tests' },
    };
    const run = await aRun(world, person);
    const start = now(world);
    expect(await settle(world, run, change)).toMatchObject({ is: 'done', object: id });
    expect(writesSince(world, start)).toHaveLength(1);
    const [intent] = await world.deps.registry.stores.intents.of(run.id);
    expect(intent?.observedBefore?.[attribute]).not.toBe('not looked at');
    expect(typeof intent?.observedBefore?.[attribute]).toBe('string');
    expect((await settle(world, await aRun(world, person), change)).is).toBe('already');
    expect(writesSince(world, start)).toHaveLength(1);
  });
});
