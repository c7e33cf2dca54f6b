import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change, Outcome } from '../../shared/domain/change.ts';
import { applyChange } from '../../shared/gate/apply-change.ts';
import { type GateDeps, leaseMs } from '../../shared/gate/gate-deps.ts';
import { nextCallFails } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';
import { now, once, perform, settle, writesSince } from './apply.ts';
import { changeOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { Died, mortal } from './mortal.ts';
import { aRun, asking, aWorker, hire } from './people.ts';
import { accountsOf, mailsUnder, passesOf } from './seen.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

type Someone = { readonly person: string; readonly workerId: string };

async function someone(workerType: 'employee' | 'contractor', has: readonly string[] = []): Promise<Someone> {
  const worker = aWorker({ workerType });
  const person = await hire(world, worker);
  for (const target of has) expect((await perform(world, await aRun(world, person), 'create-account', { target })).state).toBe('done');
  return { person, workerId: worker.workerId };
}

/** Lets a worker die after the first call, the second, and so on until the change passes, each time for somebody new. Another worker takes over when the lease has run out. */
async function dieEverywhere(
  prepare: () => Promise<Someone>,
  plan: (who: Someone) => Promise<Change>,
  check: (who: Someone, change: Change, outcome: Outcome) => Promise<void> | void,
): Promise<number> {
  for (let call = 1; ; call += 1) {
    const who = await prepare();
    const change = await plan(who);
    const run = await aRun(world, who.person);
    const dying = mortal(world.gate, call);
    const died = await settle(world, run, change, { gate: dying }).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Died) return true;
        throw error;
      },
    );
    if (!died) return call - 1;
    world.advance(leaseMs + 1);
    const outcome = await settle(world, run, change);
    expect(outcome.is, `after dying at call ${call}`).toBe('done');
    await check(who, change, outcome);
  }
}

describe('a worker that dies between any two steps of a change', () => {
  it.each([
    ['ad', 'employee'],
    ['entra', 'contractor'],
    ['oci', 'contractor'],
  ] as const)('leaves one account in %s, linked to its person', async (kind, type) => {
    const target = `${kind}:contoso`;
    const points = await dieEverywhere(
      () => someone(type),
      ({ person }) => changeOf(world, person, 'create-account', { target }),
      async ({ person, workerId }) => {
        const [account, ...others] = accountsOf(world, kind, workerId);
        expect(others).toEqual([]);
        expect(await world.deps.registry.stores.links.of(person)).toMatchObject([{ target, nativeId: required(account) }]);
      },
    );
    expect(points).toBe(5);
  });

  it.each([
    ['ensure-groups', 'entra:contoso', 'entra:contoso'],
    ['ensure-groups', 'oci:contoso', 'oci:contoso'],
    ['ensure-licences', 'entra:contoso', 'entra:contoso'],
    ['enable-account', 'entra:contoso', 'entra:contoso'],
    ['write-back', 'hr:contoso', 'entra:contoso'],
  ])('leaves what %s in %s has to reach', async (task, target, account) => {
    const points = await dieEverywhere(
      () => someone('contractor', [account]),
      ({ person }) => changeOf(world, person, task, { target }),
      async ({ person }, change) => {
        expect((await settle(world, await aRun(world, person), change)).is).toBe('already');
      },
    );
    expect(points).toBe(5);
  });

  it('leaves one mail, sent', async () => {
    const points = await dieEverywhere(
      () => someone('contractor'),
      ({ person }) => changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' }),
      (_, change) => expect(mailsUnder(world, change).filter(({ isDraft }) => !isDraft)).toHaveLength(1),
    );
    expect(points).toBe(5);
  });

  it('leaves one usable pass, its code under seal, and one mail that leads to it', async () => {
    const given = { target: 'entra:contoso', lifetimeMinutes: 60, usableOnce: true, mail: 'pass-for-manager' };
    const points = await dieEverywhere(
      () => someone('contractor', ['entra:contoso']),
      ({ person }) => changeOf(world, person, 'issue-pass', given),
      async ({ person, workerId }, change, outcome) => {
        const passes = passesOf(world, required(accountsOf(world, 'entra', workerId)[0]));
        expect(outcome).toMatchObject({ object: passes[0] });
        expect(passes).toHaveLength(1);
        expect(mailsUnder(world, change).filter(({ isDraft }) => !isDraft)).toHaveLength(1);
        const runs = await world.deps.registry.stores.runs.list({ personId: person, limit: 10 });
        const intents = (await Promise.all(runs.map(({ id }) => world.deps.registry.stores.intents.of(id)))).flat();
        const intent = required(intents.find(({ change: { as } }) => as === 'act'));
        expect(JSON.parse(required(await world.gate.secrets.take(`pass/${intent.changeId}`, world.deps.clock.now())))).toMatchObject({
          passId: passes[0],
        });
      },
    );
    expect(points).toBe(8);
  });
});

/** The gate of a worker that is held up at its first look, while `meanwhile` happens. */
function heldUp(gate: GateDeps, meanwhile: () => Promise<void>): GateDeps {
  let isFirst = true;
  return {
    ...gate,
    target: (id) => {
      const target = gate.target(id);
      const accounts = required(target.reads.accounts);
      const byEmployeeId: typeof accounts.byEmployeeId = async (...asked) => {
        const found = await accounts.byEmployeeId(...asked);
        if (isFirst) {
          isFirst = false;
          await meanwhile();
        }
        return found;
      };
      return { ...target, reads: { ...target.reads, accounts: { ...accounts, byEmployeeId } } };
    },
  };
}

describe('two workers with the same change', () => {
  it('do not write at once: the second is told that the first is busy, and finds its outcome later', async () => {
    const { person, workerId } = await someone('contractor');
    const change = await changeOf(world, person, 'create-account', { target: 'entra:contoso' });
    const run = await aRun(world, person);
    const start = now(world);
    let second: Outcome | undefined;
    const first = heldUp(world.gate, async () => {
      second = await once(world.gate, run, change);
    });
    expect((await once(first, run, change)).is).toBe('done');
    expect(second).toMatchObject({ is: 'waiting', reason: expect.stringContaining('another worker') });
    expect((await once(world.gate, run, change)).is).toBe('done');
    expect(writesSince(world, start)).toEqual(['users.create']);
    expect(accountsOf(world, 'entra', workerId)).toHaveLength(1);
  });

  it('leave one account when the first wakes after the second has taken its lease over', async () => {
    const { person, workerId } = await someone('contractor');
    const change = await changeOf(world, person, 'create-account', { target: 'entra:contoso' });
    const run = await aRun(world, person);
    const start = now(world);
    const sleeper = heldUp(world.gate, async () => {
      world.advance(leaseMs + 1);
      expect((await once(world.gate, run, change)).is).toBe('done');
    });
    expect(await once(sleeper, run, change)).toMatchObject({ is: 'waiting' });
    expect(writesSince(world, start)).toEqual(['users.create']);
    expect(accountsOf(world, 'entra', workerId)).toHaveLength(1);
  });

  it('do not write twice when the first wakes while the second holds the lease', async () => {
    const { person } = await someone('contractor');
    const change = await changeOf(world, person, 'create-account', { target: 'entra:contoso' });
    const run = await aRun(world, person);
    const start = now(world);
    const sleeper = heldUp(world.gate, async () => {
      world.advance(leaseMs + 1);
      await expect(once(mortal(world.gate, 1), run, change)).rejects.toThrow(Died);
    });
    expect(await once(sleeper, run, change)).toMatchObject({ is: 'waiting' });
    expect(writesSince(world, start)).toEqual([]);
  });
});

describe('a create whose answer was lost and whose account its target still hides', () => {
  it('is not sent again within the time in which the target may hide it', async () => {
    const { person } = await someone('contractor');
    const change = await changeOf(world, person, 'create-account', { target: 'entra:contoso' });
    const run = await aRun(world, person);
    const hiding: GateDeps = {
      ...world.gate,
      target: (id) => {
        const target = world.gate.target(id);
        return {
          ...target,
          reads: { ...target.reads, accounts: { ...required(target.reads.accounts), byEmployeeId: () => Promise.resolve([]) } },
        };
      },
    };
    nextCallFails(world.contoso, 'graph', 'users.create', { phase: 'after', effect: { reset: true } });
    const start = now(world);
    expect((await once(hiding, run, change)).is).toBe('waiting');
    world.advance(15_000);
    expect((await once(hiding, run, change)).is).toBe('waiting');
    expect(writesSince(world, start)).toEqual(['users.create']);
    expect((await once(world.gate, run, change)).is).toBe('done');
  });
});

describe('a run that something newer has overtaken', () => {
  it('writes nothing, and says so', async () => {
    const { person } = await someone('contractor');
    const change = await changeOf(world, person, 'create-account', { target: 'entra:contoso' });
    const run = await aRun(world, person);
    await world.deps.registry.stores.people.raiseEpoch(person);
    const start = now(world);
    expect(await applyChange(world.gate, { change, position: 0, request: asking(run) })).toEqual({ is: 'superseded' });
    expect(writesSince(world, start)).toEqual([]);
    expect(await world.deps.registry.stores.intents.of(run.id)).toEqual([]);
  });
});
