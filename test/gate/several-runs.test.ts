import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import { type GateDeps, leaseMs } from '../../shared/gate/gate-deps.ts';
import { required } from '../contracts/expected.ts';
import { now, perform, settle, writesSince } from './apply.ts';
import { changeOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { Died, mortal } from './mortal.ts';
import { aRun, aWorker, hire, linkExisting } from './people.ts';
import { mailsUnder, passesOf } from './seen.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const given = { target: 'entra:contoso', lifetimeMinutes: 60, usableOnce: true, mail: 'pass-for-manager' };

async function withPassPlanned(): Promise<{ readonly person: string; readonly change: Change }> {
  const person = await hire(world, aWorker());
  await perform(world, await aRun(world, person), 'create-account', { target: 'entra:contoso' });
  return { person, change: await changeOf(world, person, 'issue-pass', given) };
}

async function accountOf(person: string): Promise<string> {
  return required((await world.deps.registry.stores.links.of(person))[0]).nativeId;
}

describe('a pass that a later run asks for again', () => {
  // Counted as the worker commits and sends: opened, issued, sealed, written down, drafted, about to send.
  it.each([2, 3, 4, 5, 6])('is told of by a mail that leads to it, when the run before died after call %i', async (call) => {
    const { person, change } = await withPassPlanned();
    const { people, runs, intents } = world.deps.registry.stores;
    await expect(settle(world, await aRun(world, person), change, { gate: mortal(world.gate, call) })).rejects.toThrow(Died);
    await runs.supersede(person, await people.raiseEpoch(person), world.deps.clock.now());
    world.advance(leaseMs + 1);

    const later = await aRun(world, person);
    expect(await settle(world, later, change)).toMatchObject({ is: 'done' });
    const [intent] = await intents.of(later.id);
    const sealed: unknown = JSON.parse(
      required(await world.gate.secrets.take(`pass/${required(intent).changeId}`, world.deps.clock.now())),
    );
    expect(sealed).toMatchObject({ passId: required(passesOf(world, await accountOf(person))[0]) });
    const sent = mailsUnder(world, change).filter(({ isDraft }) => !isDraft);
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).toContain(`/passes/${required(intent).changeId}`);
  });
});

/** The gate before a target that accepts changes of attributes and never shows them. */
function neverShown(attribute: string, old: string): GateDeps {
  return {
    ...world.gate,
    target: (id) => {
      const target = world.gate.target(id);
      const accounts = required(target.reads.accounts);
      const byId: typeof accounts.byId = async (account, signal) => {
        const found = await accounts.byId(account, signal);
        return found && { ...found, attributes: { ...found.attributes, [attribute]: old } };
      };
      return { ...target, reads: { ...target.reads, accounts: { ...accounts, byId } } };
    },
  };
}

describe('a write that was accepted and never shows', () => {
  it('is written once, is said to have failed after a quarter of an hour, and is written again when it is asked for again', async () => {
    const person = await hire(world, aWorker({ workerId: '20007' }));
    const id = await linkExisting(world, person, 'entra:contoso', '20007');
    const cause = { reference: 'test', message: 'a test' };
    const aim = { target: 'entra:contoso', person, kind: 'account', object: { id }, effect: 'attribute', cause } as const;
    const change: Change = { ...aim, as: 'reach', do: 'update', before: {}, after: { jobTitle: 'New' } };
    const run = await aRun(world, person);
    const gate = neverShown('jobTitle', 'Old');
    const [start, began] = [now(world), world.deps.clock.now()];
    let waits = 0;
    const advance = (ms: number): void => {
      waits += 1;
      world.advance(Math.max(ms, 30_000));
    };
    const patient = { ...world, advance };
    expect(await settle(patient, run, change, { gate })).toMatchObject({ is: 'failed', problem: { code: 'not-verified' } });
    expect(waits).toBeGreaterThan(1);
    expect(world.deps.clock.now() - began).toBeGreaterThan(15 * 60_000);
    expect(writesSince(world, start)).toEqual(['users.update']);
    await settle(patient, run, change, { gate });
    expect(writesSince(world, start)).toEqual(['users.update', 'users.update']);
  });
});
