import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextCallFails } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';
import { now, perform, settle, writesSince } from './apply.ts';
import { changeOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, aWorker, hire } from './people.ts';
import { tenant } from './seen.ts';

const entra = 'entra:contoso';
const allContractors = 'a1000000-0000-4000-8000-000000000002';
let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

async function people(count: number) {
  const found = [];
  for (let number = 0; number < count; number += 1) {
    const person = await hire(world, aWorker({ location: { code: 'HOME', city: 'Porto', country: 'PT' } }));
    expect((await perform(world, await aRun(world, person), 'create-account', { target: entra })).state).toBe('done');
    const account = required((await world.deps.registry.stores.links.of(person))[0]).nativeId;
    found.push({ person, account, run: await aRun(world, person) });
  }
  return found;
}

async function join(all: Awaited<ReturnType<typeof people>>): Promise<void> {
  const results = await Promise.all(all.map(({ run }) => perform(world, run, 'ensure-groups', { target: entra })));
  expect(results.map(({ state, gaps }) => ({ state, gaps }))).toEqual(all.map(() => ({ state: 'done', gaps: 0 })));
  for (const { run } of all) {
    const audit = await world.deps.registry.stores.audit.list({ after: 0, limit: 50, runId: run.id });
    expect(audit.map(({ action }) => action)).toEqual(['change.done', 'change.done']);
  }
  const { groups } = tenantGroups();
  for (const { account } of all) expect(groups(account)).toContain(allContractors);
}

function tenantGroups() {
  const { users } = tenant(world);
  return { groups: (account: string): unknown => users.find(({ id }) => id === account)?.['groups'] };
}

describe('many people whose runs put them into the same groups at once', () => {
  it('are added together by few writes; each is seen, and has an audit row of their own', async () => {
    const all = await people(12);
    const start = now(world);
    await join(all);
    const writes = writesSince(world, start);
    expect(writes.filter((operation) => operation === 'groups.update').length).toBeGreaterThan(0);
    expect(writes.length).toBeLessThan(12);
  });

  it('are each in their groups where one of them was put there by somebody else meanwhile, and where an answer is lost', async () => {
    const all = await people(6);
    const other = required(all[3]);
    nextCallFails(world.contoso, 'graph', 'groups.update', { phase: 'after', effect: { reset: true } });
    const change = await changeOf(world, other.person, 'ensure-groups', { target: entra });
    expect((await settle(world, await aRun(world, other.person), change)).is).toBe('done');
    const results = await Promise.all(all.map(({ run }) => perform(world, run, 'ensure-groups', { target: entra })));
    expect(results.map(({ state }) => state)).toEqual(all.map(() => 'done'));
    const { groups } = tenantGroups();
    for (const { account } of all) expect(groups(account)).toContain(allContractors);
  });
});
