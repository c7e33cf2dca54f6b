import { readFileSync } from 'node:fs';
import { Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required, textOf } from '../contracts/expected.ts';
import { failureOf } from '../connectors/ad/failure-of.ts';
import { perform } from '../gate/apply.ts';
import { planOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire } from '../gate/people.ts';

const target = 'ad:contoso';
let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

async function employed() {
  const person = await hire(world, aWorker({ workerType: 'employee' }));
  for (const task of ['create-account', 'enable-account'])
    expect((await perform(world, await aRun(world, person), task, { target })).state).toBe('done');
  const account = required((await world.deps.registry.stores.links.of(person))[0]).nativeId;
  return {
    person,
    see: async () => required(await required(world.gate.target(target).reads.accounts).byId(account, AbortSignal.timeout(10_000))),
  };
}

async function signInWrongly(user: string): Promise<string> {
  const { urls, caFile } = world.contoso.sandbox;
  const client = new Client({ url: urls.ldaps, tlsOptions: { ca: readFileSync(caFile) } });
  const failure = await failureOf(client.bind(user, 'Not-The-Password-1'));
  await client.unbind();
  return failure;
}

describe('somebody who has tried a wrong password too often', () => {
  it('is unlocked; then nothing is planned, and nobody is locked again by taking it back', async () => {
    const { person, see } = await employed();
    const user = textOf((await see()).attributes['userPrincipalName']);
    for (let attempt = 0; attempt < 10; attempt += 1) await signInWrongly(user);
    expect(await signInWrongly(user)).toBe('49 775');
    expect((await see()).attributes['lockedOut']).toBe(true);
    const run = { ...(await aRun(world, person)), id: world.deps.ids.next(), trigger: 'joiner' };
    await world.deps.registry.transaction((stores) => stores.runs.plan(run));
    expect(await perform(world, run, 'unlock-account', { target })).toMatchObject({ state: 'done', gaps: 0 });
    expect((await see()).attributes['lockedOut']).toBe(false);
    expect(await signInWrongly(user)).toBe('49 52e');
    expect((await planOf(world, person, 'unlock-account', { target })).changes).toEqual([]);
    const back = (await planOf(world, person, 'undo', { of: 'joiner' })).changes;
    expect(back.length).toBeGreaterThan(0);
    expect(back.filter((change) => 'after' in change && 'lockedOut' in change.after)).toEqual([]);
  });

  it('stays locked while the account is disabled, for nobody is to sign in with it', async () => {
    const { person, see } = await employed();
    const account = await see();
    for (let attempt = 0; attempt < 10; attempt += 1) await signInWrongly(textOf(account.attributes['userPrincipalName']));
    const change = { target, object: { id: account.id }, effect: 'contain', do: 'update', before: {}, after: { enabled: false } };
    await required(world.gate.target(target).writes.accounts).update(change as never, AbortSignal.timeout(10_000));
    expect((await planOf(world, person, 'unlock-account', { target })).changes).toEqual([]);
  });
});
