import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, nextCallFails } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';
import { once, perform, settle } from './apply.ts';
import { changeOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, aWorker, hire } from './people.ts';
import { accountsOf, mailsUnder, passesOf } from './seen.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());
afterEach(() => world.contoso.sandbox.world.faults.clear());

type System = 'graph' | 'oci' | 'directory' | 'hr';
const faults: readonly (readonly [string, Fault])[] = [
  ['the connection is cut before it takes effect', { phase: 'before', effect: { reset: true } }],
  ['the connection is cut after it took effect', { phase: 'after', effect: { reset: true } }],
  ['503 comes before it takes effect', { phase: 'before', effect: { status: 503, retryAfter: 0.05 } }],
  ['503 comes after it took effect', { phase: 'after', effect: { status: 503, retryAfter: 0.05 } }],
  ['429 asks to wait for part of a second', { phase: 'before', effect: { status: 429, retryAfter: 0.05 } }],
];
// LDAP has no status codes: a cut connection is the way in which its answers get lost.
const cuts = faults.filter(([, { effect }]) => 'reset' in effect);

/** Has the next call fail in this way; the test fails where it did not. */
function strike(system: System, operation: string, fault: Fault): () => void {
  nextCallFails(world.contoso, system, operation, fault);
  return () => expect(world.contoso.sandbox.world.faults.list().map(({ fired }) => fired)).toEqual([1]);
}

const systems = { entra: 'graph', oci: 'oci', ad: 'directory' } as const;

describe.each([
  ['entra', 'users.create', faults],
  ['oci', 'scim.createUser', faults],
  ['ad', 'ldap.add', cuts],
] as const)('an account created in %s (%s)', (kind, operation, ways) => {
  it.each(ways)('is one account when %s', async (_, fault) => {
    const worker = aWorker({ workerType: kind === 'ad' ? 'employee' : 'contractor' });
    const person = await hire(world, worker);
    const hasFired = strike(systems[kind], operation, fault);
    const result = await perform(world, await aRun(world, person), 'create-account', { target: `${kind}:contoso` });
    expect(result.state).toBe('done');
    hasFired();
    const [account, ...others] = accountsOf(world, kind, worker.workerId);
    expect(others).toEqual([]);
    const links = await world.deps.registry.stores.links.of(person);
    expect(links).toMatchObject([{ nativeId: required(account), how: 'created' }]);
  });
});

async function withAccount(): Promise<{ readonly person: string; readonly account: string; readonly workerId: string }> {
  const worker = aWorker();
  const person = await hire(world, worker);
  expect((await perform(world, await aRun(world, person), 'create-account', { target: 'entra:contoso' })).state).toBe('done');
  return { person, account: required(accountsOf(world, 'entra', worker.workerId)[0]), workerId: worker.workerId };
}

describe.each([
  ['a member of a group', 'graph', 'groups.addMember', 'ensure-groups', 'entra:contoso'],
  ['the holder of a licence', 'graph', 'users.assignLicense', 'ensure-licences', 'entra:contoso'],
  ['known to HR by the new address', 'hr', 'workContacts.put', 'write-back', 'hr:contoso'],
] as const)('somebody who is to be %s', (_, system, operation, task, target) => {
  it.each(faults)('is that, once, when %s', async (_way, fault) => {
    const { person } = await withAccount();
    const hasFired = strike(system, operation, fault);
    const result = await perform(world, await aRun(world, person), task, { target });
    expect(result).toMatchObject({ state: 'done', gaps: 0 });
    hasFired();
    expect((await perform(world, await aRun(world, person), task, { target })).state).toBe('already');
  });
});

describe.each(['messages.create', 'messages.send'])('a mail whose %s gets lost', (operation) => {
  it.each(faults)('is sent exactly once when %s', async (_, fault) => {
    const { person } = await withAccount();
    const run = await aRun(world, person);
    const change = await changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' });
    const hasFired = strike('graph', operation, fault);
    expect((await settle(world, run, change)).is).toBe('done');
    hasFired();
    expect(mailsUnder(world, change).filter(({ isDraft }) => !isDraft)).toHaveLength(1);
  });
});

const given = { target: 'entra:contoso', lifetimeMinutes: 60, usableOnce: true, mail: 'pass-for-manager' };

describe.each(['temporaryAccessPass.create', 'messages.create', 'messages.send'])('a pass whose %s gets lost', (operation) => {
  it.each(faults)('is one usable pass, told of once, when %s', async (_, fault) => {
    const { person, account } = await withAccount();
    const run = await aRun(world, person);
    const change = await changeOf(world, person, 'issue-pass', given);
    const hasFired = strike('graph', operation, fault);
    const outcome = await settle(world, run, change);
    expect(outcome).toMatchObject({ is: 'done' });
    hasFired();
    const [pass, ...others] = passesOf(world, account);
    expect(others).toEqual([]);
    expect(outcome).toMatchObject({ object: pass });
    expect(mailsUnder(world, change).filter(({ isDraft }) => !isDraft)).toHaveLength(1);
    const intent = required((await world.deps.registry.stores.intents.of(run.id))[0]);
    const sealed = required(await world.gate.secrets.take(`pass/${intent.changeId}`, world.deps.clock.now()));
    expect(JSON.parse(sealed)).toMatchObject({ passId: pass });
  });
});

describe('a mail that was handed over', () => {
  it('and shows nowhere becomes unknown after a minute, and is not sent again', async () => {
    const { person } = await withAccount();
    const run = await aRun(world, person);
    const change = await changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' });
    const swallowing = {
      ...world.gate,
      target: (id: string) => {
        const target = world.gate.target(id);
        // As a mailbox whose message is under way for ever: it left Drafts, and nothing shows it.
        return { ...target, reads: { ...target.reads, mail: { stateOf: () => Promise.resolve({ is: 'absent' as const }) } } };
      },
    };
    expect(await settle(world, run, change, { gate: swallowing })).toMatchObject({ is: 'unknown', problem: { code: 'answer-lost' } });
    expect(mailsUnder(world, change)).toHaveLength(1);
    expect(await settle(world, run, change, { gate: swallowing })).toMatchObject({ is: 'unknown' });
    expect(mailsUnder(world, change)).toHaveLength(1);
    expect(await settle(world, run, change)).toMatchObject({ is: 'done' });
  });

  it('is not written again when the answer was lost, a second sending was told to wait, and it is then under way', async () => {
    const { person } = await withAccount();
    const run = await aRun(world, person);
    const change = await changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' });
    let hides = false;
    const slow = {
      ...world.gate,
      target: (id: string) => {
        const target = world.gate.target(id);
        const mail = required(target.reads.mail);
        return {
          ...target,
          reads: {
            ...target.reads,
            mail: {
              stateOf: (key: string, signal: AbortSignal) =>
                hides ? Promise.resolve({ is: 'absent' as const }) : mail.stateOf(key, signal),
            },
          },
        };
      },
    };
    nextCallFails(world.contoso, 'graph', 'messages.send', { phase: 'before', effect: { reset: true } });
    const first = await once(slow, run, change);
    expect(first.is).toBe('waiting');
    nextCallFails(world.contoso, 'graph', 'messages.send', { phase: 'before', effect: { status: 429, retryAfter: 0.05 } });
    expect((await once(slow, run, change)).is).toBe('waiting');
    hides = true;
    expect(await settle(world, run, change, { gate: slow })).toMatchObject({ is: 'unknown' });
    expect(mailsUnder(world, change)).toHaveLength(1);
  });
});
