import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Create } from '../../shared/domain/change.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import { leaseMs } from '../../shared/gate/gate-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { sightOf } from '../../shared/operations/sight-of.ts';
import { subjectOf } from '../../shared/operations/subject-of.ts';
import type { Stores } from '../../shared/ports/registry/registry.ts';
import { chooseNames } from '../../shared/tasks/choose-names.ts';
import { creating } from '../contracts/changes.ts';
import { idOf, required, textOf } from '../contracts/expected.ts';
import { perform, settle } from '../gate/apply.ts';
import { changeOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { Died, mortal } from '../gate/mortal.ts';
import { aRun, aWorker, hire } from '../gate/people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const ad = 'ad:contoso';
const entra = 'entra:contoso';

/** Somebody of this name, with the create that is planned for them. */
async function planned(
  given: string,
  family: string,
  target: string,
  workerType: Worker['workerType'] = target === ad ? 'employee' : 'contractor',
): Promise<{ readonly person: string; readonly change: Create }> {
  const person = await hire(world, aWorker({ name: { given, family }, workerType }));
  const change = await changeOf(world, person, 'create-account', { target });
  if (change.do !== 'create') throw new Error('no create');
  return { person, change };
}

async function created(given: string, family: string, target: string): Promise<Create> {
  const { person, change } = await planned(given, family, target);
  expect((await settle(world, await aRun(world, person), change)).is).toBe('done');
  return change;
}

function nameOf(change: Create, attribute: string): string {
  return required(change.names.find((name) => name.attribute === attribute)).value;
}

describe('the names of a new account', () => {
  it('are others where those of somebody else differ by accents only', async () => {
    await created('José', 'Conta', ad);
    const second = await created('Jose', 'Conta', ad);
    expect(second.names.map(({ attribute, value }) => [attribute, value])).toEqual([
      ['userPrincipalName', 'jose.conta2@contoso.example'],
      ['sAMAccountName', 'jose.conta2'],
      ['cn', 'Jose Conta (2)'],
    ]);
    await created('Uwe', 'Straße', ad);
    const strasse = await created('Uwe', 'Strasse', ad);
    expect([nameOf(strasse, 'userPrincipalName'), nameOf(strasse, 'cn')]).toEqual(['uwe.strasse2@contoso.example', 'Uwe Strasse (2)']);
  });

  it('keep to 20 characters for sAMAccountName, with a counter too, and to 64 for the common name', async () => {
    const family = `Albuquerque ${'e Castro '.repeat(8)}`.trim();
    const first = await created('Maximiliana', family, ad);
    const second = await created('Maximiliana', family, ad);
    const accounts = [first, second].map((change) => nameOf(change, 'sAMAccountName'));
    expect(accounts).toEqual(['maximiliana.albuquer', 'maximiliana.albuque2']);
    const commons = [first, second].map((change) => nameOf(change, 'cn'));
    expect(new Set(commons).size).toBe(2);
    for (const common of commons) expect(common.length).toBeLessThanOrEqual(64);
    expect(commons[1]).toMatch(/ \(2\)$/);
    const seen = await required(world.contoso.targets.ad.reads.accounts).holdersOf(
      'sAMAccountName',
      'maximiliana.albuque2',
      AbortSignal.timeout(10_000),
    );
    expect(seen).toHaveLength(1);
  });

  it('are not those of an account that Gatehouse does not know', async () => {
    const { change } = await planned('Unknown', 'Bearer', entra);
    const foreign = { ...change.after, employeeId: 'not-of-hr' };
    idOf(await required(world.contoso.targets.entra.writes.accounts).create(creating(foreign), AbortSignal.timeout(10_000)));
    const next = await planned('Unknown', 'Bearer', entra);
    expect(nameOf(next.change, 'userPrincipalName')).toBe('unknown.bearer2@contoso.example');
  });

  it('stay the same after a crash, and are reserved once', async () => {
    const { person, change } = await planned('Crash', 'Reserve', ad);
    const run = await aRun(world, person);
    await expect(settle(world, run, change, { gate: mortal(world.gate, 1) })).rejects.toThrow(Died);
    const reserved = await world.deps.registry.stores.names.of(person);
    expect(reserved.map(({ value }) => value).toSorted()).toEqual(change.names.map(({ value }) => value).toSorted());
    world.advance(leaseMs + 1);
    expect((await perform(world, await aRun(world, person), 'create-account', { target: entra })).state).toBe('done');
    expect((await settle(world, run, change)).is).toBe('done');
    expect(await world.deps.registry.stores.names.of(person)).toEqual(reserved);
    const other = await planned('Crash', 'Reserve', ad);
    expect(nameOf(other.change, 'userPrincipalName')).toBe('crash.reserve2@contoso.example');
  });

  it('are said to be exhausted, in words, when every one is taken', async () => {
    const { change } = await planned('Tom', 'Taken', entra);
    const holder = await hire(world, aWorker());
    await world.deps.registry.stores.names.reserve(holder, required(change.names[0]));
    const person = await hire(world, aWorker({ name: { given: 'Tom', family: 'Taken' } }));
    const subject = await subjectOf(world.deps.registry, person);
    const sight = sightOf(world.deps, subject, AbortSignal.timeout(10_000));
    const wanted = sight.blueprint(entra).names.map((name) => ({ ...name, candidates: () => [...name.candidates()].slice(0, 1) }));
    await expect(chooseNames(wanted, subject, sight)).rejects.toMatchObject({
      code: 'names-exhausted',
      message: 'Every userPrincipalName that the mapping offers for Tom Taken is taken in upn.',
    });
  });
});

/** The world in which something happens right before the gate's first write to a target. */
function beforeFirstWrite(happens: (change: Create) => Promise<void>): GateWorld {
  let isFirst = true;
  const gate = {
    ...world.gate,
    target: (id: string) => {
      const target = world.gate.target(id);
      const accounts = required(target.writes.accounts);
      const create: typeof accounts.create = async (change, signal) => {
        if (isFirst) {
          isFirst = false;
          await happens(change);
        }
        return accounts.create(change, signal);
      };
      return { ...target, writes: { ...target.writes, accounts: { ...accounts, create } } };
    },
  };
  return { ...world, gate, deps: { ...world.deps, gate } };
}

/** The world in which something happens right before the gate commits to its first change. */
function beforeFirstCommit(happens: (stores: Stores) => Promise<void>): GateWorld {
  let isFirst = true;
  const transaction: OperationDeps['registry']['transaction'] = async (work, options) => {
    if (isFirst) {
      isFirst = false;
      await world.deps.registry.transaction(happens);
    }
    return world.deps.registry.transaction(work, options);
  };
  const gate = { ...world.gate, registry: { ...world.gate.registry, transaction } };
  return { ...world, gate, deps: { ...world.deps, gate } };
}

describe('a name that somebody else takes between the plan and the write', () => {
  it.each([
    [entra, 'userPrincipalName', 'employeeId'],
    [ad, 'sAMAccountName', 'employeeID'],
    ['oci:contoso', 'userName', 'employeeNumber'],
  ])('in %s gives way to another', async (target, attribute, key) => {
    const { person, change } = await planned('Race', `In${target.slice(0, 2)}`, target);
    const racing = beforeFirstWrite(async ({ after }) => {
      idOf(
        await required(world.gate.target(target).writes.accounts).create(
          creating({ ...after, [key]: 'not-of-hr' }),
          AbortSignal.timeout(10_000),
        ),
      );
    });
    expect((await perform(racing, await aRun(world, person), 'create-account', { target })).state).toBe('done');
    const link = required((await world.deps.registry.stores.links.of(person))[0]);
    const account = required(await required(world.gate.target(target).reads.accounts).byId(link.nativeId, AbortSignal.timeout(10_000)));
    const first = nameOf(change, attribute);
    expect(textOf(account.attributes[attribute])).toBe(first.includes('@') ? first.replace('@', '2@') : `${first}2`);
  });

  it('in the registry gives way to another', async () => {
    const { person, change } = await planned('Race', 'Registry', entra);
    const other = await hire(world, aWorker());
    const racing = beforeFirstCommit(async (stores) => void (await stores.names.reserve(other, required(change.names[0]))));
    expect((await perform(racing, await aRun(world, person), 'create-account', { target: entra })).state).toBe('done');
    expect((await world.deps.registry.stores.names.of(person)).map(({ value }) => value)).toEqual(['race.registry2@contoso.example']);
  });
});
