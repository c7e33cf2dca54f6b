import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Worker } from '../../shared/domain/worker.ts';
import { now, perform, writesSince } from '../gate/apply.ts';
import { planOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire, linkExisting, tell } from '../gate/people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const facts = fc.record({
  name: fc.record({
    given: fc.constantFrom('Zoë', 'Søren', '美咲', "D'Arcy", 'Ana'),
    family: fc.constantFrom("O'Brien", 'Großmann', '田中', 'Sá', null),
    preferred: fc.constantFrom(null, 'Zoe', 'Kiki'),
  }),
  department: fc.constantFrom('Platform', 'Sales', 'Finance', 'People', 'Support', null),
  jobTitle: fc.constantFrom('Engineer', 'Chief of Tests', null),
  jobCode: fc.constantFrom('ENG1', 'ENG2', 'SAL1', null),
  location: fc.constantFrom({ code: 'LIS', city: 'Lisbon', country: 'PT' }, { code: 'TYO', city: 'Tokyo', country: 'JP' }, { code: 'NYC' }),
  phone: fc.constantFrom(null, '+351 210 000 000'),
  costCenter: fc.constantFrom(null, 'CC-100'),
});

type Kind = 'employee' | 'contractor';
const tasksOf: Readonly<Record<Kind, readonly (readonly [task: string, target: string])[]>> = {
  employee: [
    ['create-account', 'ad:contoso'],
    ['enable-account', 'ad:contoso'],
    ['ensure-groups', 'ad:contoso'],
    ['ensure-groups', 'entra:contoso'],
    ['ensure-licences', 'entra:contoso'],
  ],
  contractor: [
    ['create-account', 'entra:contoso'],
    ['enable-account', 'entra:contoso'],
    ['ensure-groups', 'entra:contoso'],
    ['ensure-licences', 'entra:contoso'],
    ['write-back', 'hr:contoso'],
  ],
};

/** People of the company without a privilege, and null for somebody new. */
const whom: Readonly<Record<Kind, fc.Arbitrary<string | null>>> = {
  employee: fc.constantFrom(null, '10011', '10014', '10015', '10039'),
  contractor: fc.constantFrom(null, '20003', '20004', '20006'),
};
const casesOf = (kind: Kind) => fc.tuple(fc.constant(kind), whom[kind], facts, fc.constantFrom(...tasksOf[kind]));

/** The person with what HR says of them now; somebody new has their first account already, disabled. */
async function personOf(kind: Kind, workerId: string | null, told: Partial<Worker>): Promise<string> {
  const worker = aWorker({ ...told, workerType: kind, ...(workerId === null ? {} : { workerId }) });
  const owner = await world.deps.registry.stores.people.ownerOf('generic', worker.workerId);
  if (owner !== undefined) {
    await tell(world, owner, worker);
    return owner;
  }
  const person = await hire(world, worker);
  const target = kind === 'employee' ? 'ad:contoso' : 'entra:contoso';
  if (workerId === null) await perform(world, await aRun(world, person), 'create-account', { target });
  else
    await Promise.all(
      (kind === 'employee' ? ['ad:contoso', 'entra:contoso'] : [target]).map((one) => linkExisting(world, person, one, workerId)),
    );
  return person;
}

it('what a task plans, once it is applied, plans to nothing; and planning writes nothing', async () => {
  let planned = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(casesOf('employee'), casesOf('contractor')), async ([kind, workerId, told, [task, target]]) => {
      const person = await personOf(kind, workerId, told);
      const start = now(world);
      const before = await planOf(world, person, task, { target });
      planned += before.changes.length;
      expect(writesSince(world, start)).toEqual([]);
      await perform(world, await aRun(world, person), task, { target });
      const applied = now(world);
      const after = await planOf(world, person, task, { target });
      expect(after.changes).toEqual([]);
      expect(after.findings).toEqual([]);
      expect(writesSince(world, applied)).toEqual([]);
    }),
    { numRuns: 50 },
  );
  // Guards against cases in which there is nothing to do.
  expect(planned).toBeGreaterThan(15);
}, 60_000);

it('an HR system is not told of the workers of another source, whose ids may be somebody else there', async () => {
  const worker = aWorker();
  const personId = await hire(world, worker);
  const { registry, clock } = world.deps;
  const elsewhere = { source: 'bamboo', workerId: worker.workerId, worker, revision: 1, eventId: 'e', occurredAt: clock.now() };
  const other = world.deps.ids.next();
  await registry.stores.people.create({
    id: other,
    epoch: 0,
    displayName: 'Ana',
    baseline: false,
    standing: 'none',
    endsAt: null,
    reconsiderAt: null,
  });
  await registry.transaction((stores) => stores.people.saveEngagement({ ...elsewhere, personId: other }));
  expect((await planOf(world, other, 'write-back', { target: 'hr:contoso' })).skips).toMatchObject([
    { reason: { code: 'not-applicable' } },
  ]);
  expect((await planOf(world, personId, 'write-back', { target: 'hr:contoso' })).skips).toEqual([]);
});
