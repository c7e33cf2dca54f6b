import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCycle, beginning } from '../../sandbox/cloud-sync/run-cycle.ts';
import { performTask } from '../../shared/operations/perform-task.ts';
import { required } from '../contracts/expected.ts';
import { perform } from '../gate/apply.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from '../gate/people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());

const given = { target: 'entra:contoso', from: 'ad:contoso' };

it('a synced user is confirmed as closed only when a sync has left the block there, with AD disabled', async () => {
  const { world: sandbox } = world.contoso.sandbox;
  const { position } = await runCycle(sandbox, beginning);
  // That sync was in a second before the disabling.
  sandbox.clock.setOffset(sandbox.clock.offsetMs() + 1000);
  world.advance(1000);
  const person = await hire(world, aWorker({ workerId: '10014', workerType: 'employee' }));
  await linkExisting(world, person, 'ad:contoso', '10014');
  const user = await linkExisting(world, person, 'entra:contoso', '10014');
  const run = await aRun(world, person);
  await perform(world, run, 'contain-account', { target: 'ad:contoso' });
  expect((await perform(world, run, 'contain-account', given)).claim?.is).toBe('provisional');
  const step = { id: 'confirm', task: 'confirm-containment', with: given };
  expect(await performTask(world.deps, step, { run, attempts: 0 })).toMatchObject({ state: 'waiting' });
  // The sync tells whole seconds: one within the second of the disabling might have come before it.
  sandbox.clock.setOffset(sandbox.clock.offsetMs() + 1000);
  await runCycle(sandbox, position);
  const confirmed = await performTask(world.deps, step, { run, attempts: 1 });
  expect(confirmed).toMatchObject({ state: 'already', gaps: 0, claim: { is: 'closed', claims: 'new sign-in closed' } });
  const accounts = required(world.gate.target('entra:contoso').reads.accounts);
  expect((await accounts.byId(user, AbortSignal.timeout(10_000)))?.enabled).toBe(false);
});

it('where AD is still enabled the sync opens the account again, and it is shut again', async () => {
  const { world: sandbox } = world.contoso.sandbox;
  const { position } = await runCycle(sandbox, beginning);
  const person = await hire(world, aWorker({ workerId: '10015', workerType: 'employee' }));
  await linkExisting(world, person, 'ad:contoso', '10015');
  await linkExisting(world, person, 'entra:contoso', '10015');
  const run = await aRun(world, person);
  await perform(world, run, 'contain-account', given);
  await runCycle(sandbox, position);
  const again = await performTask(world.deps, { id: 'confirm', task: 'confirm-containment', with: given }, { run, attempts: 0 });
  expect(again).toMatchObject({ state: 'waiting', summary: expect.stringMatching(/^disabled/) });
  expect(await performTask(world.deps, { id: 'look', task: 'contain-account', with: given }, { run, attempts: 0 })).toMatchObject({
    state: 'already',
    claim: { is: 'provisional' },
  });
});

it('without a sync for as long as is waited the claim stays provisional, and somebody has to know', async () => {
  const person = await hire(world, aWorker({ workerId: '10011', workerType: 'employee' }));
  await linkExisting(world, person, 'ad:contoso', '10011');
  await linkExisting(world, person, 'entra:contoso', '10011');
  const run = await aRun(world, person);
  await perform(world, run, 'contain-account', { target: 'ad:contoso' });
  await perform(world, run, 'contain-account', given);
  const result = await perform(world, run, 'confirm-containment', { ...given, waitMinutes: 2 });
  expect(result).toMatchObject({ state: 'skipped', gaps: 1, claim: { is: 'provisional' } });
});
