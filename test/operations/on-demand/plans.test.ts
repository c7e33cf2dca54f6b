import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelRun } from '../../../shared/operations/on-demand/cancel-run.ts';
import { demandPlan, demandRuns } from '../../../shared/operations/on-demand/demand-runs.ts';
import { makePlan } from '../../../shared/operations/on-demand/make-plan.ts';
import { viewOfPlan } from '../../../shared/operations/on-demand/plan-view.ts';
import { retryRun } from '../../../shared/operations/on-demand/retry-run.ts';
import { skipStep } from '../../../shared/operations/on-demand/skip-step.ts';
import { undoRun } from '../../../shared/operations/on-demand/undo-run.ts';
import type { StoredPlan } from '../../../shared/ports/registry/plans.ts';
import type { Run } from '../../../shared/ports/registry/runs.ts';
import { carryOutRunsOf } from '../../support/carry-out.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../../support/product-on-sandbox.ts';

const actor = 'token:operator';
const why = { actor, reason: 'asked for by the auditor' };
let product: ProductOnSandbox;
beforeAll(async () => {
  product = await startProductOnSandbox();
}, 120_000);
afterAll(() => product.stop());

const stores = () => product.operations.registry.stores;
const personOf = async (workerId: string): Promise<string> => (await stores().people.ownerOf('generic', workerId)) ?? '';
const planFor = async (workflow: string, ...workerIds: readonly string[]) =>
  makePlan(product.operations, { workflow, people: await Promise.all(workerIds.map(personOf)), actor });
const shown = (plan: StoredPlan) => viewOfPlan(plan, { from: 0, limit: 100 });
const begin = (plan: StoredPlan) => demandPlan(product.operations, { planId: plan.id, hash: plan.hash, ...why });
const only = (runs: readonly Run[]): Run => {
  const [run] = runs;
  if (run === undefined || runs.length > 1) throw new Error(`One run was expected, not ${runs.length}.`);
  return run;
};
const writes = () => {
  const { graph, oci, directory, hr } = product.sandbox.world.requests.counters();
  return [graph.writes, oci.writes, directory.writes, hr.writes];
};
const stateOf = async ({ id }: Run) => (await stores().runs.byId(id))?.state;
const control = (path: string, body: object) =>
  fetch(`${product.sandbox.urls.control}${path}`, { method: 'POST', body: JSON.stringify(body) }).then((answer) =>
    expect(answer.ok).toBe(true),
  );
/** HR gives somebody another job title; what that sets off is not begun. */
const retitle = async (workerId: string, jobTitle: string): Promise<string> => {
  const headers = { Authorization: 'Bearer sandbox-hr-api-key' };
  const answer = await fetch(`${product.sandbox.urls.control}/hr/v1/workers/${workerId}`, {
    method: 'PATCH',
    body: JSON.stringify({ jobTitle }),
    headers,
  });
  expect(answer.ok).toBe(true);
  const personId = await product.tell({ workerId, jobTitle, hireDate: '2020-01-01' });
  for (const { id } of await stores().runs.unfinishedOf(personId)) await cancelRun(product.operations, { runId: id, ...why });
  return personId;
};
const groupOfPeople = 'a1000000-0000-4000-8000-000000000006';

describe('A plan', { timeout: 60_000 }, () => {
  it('of a leaver shows what closing and taking away would change, before and after, and writes nothing anywhere', async () => {
    const before = writes();
    const view = shown(await planFor('leaver', '10012'));
    expect(writes()).toEqual(before);
    expect([...new Set(view.changes.map(({ workflow }) => workflow))]).toEqual(['leaver-contain', 'leaver-strip']);
    const disabling = view.changes.filter((one) => one.after?.['enabled'] === false);
    expect(disabling.map(({ target, before: was }) => [target, was?.['enabled']])).toEqual([
      ['ad:contoso', true],
      ['entra:contoso', true],
      ['oci:contoso', true],
    ]);
    const groups = view.changes.filter(({ do: how, kind }) => how === 'unlink' && kind === 'group');
    expect(groups.map(({ before: was, after }) => [was?.['member'], after?.['member']])).toContainEqual([
      'd1000000-0000-4000-8000-000000000002',
      null,
    ]);
    expect(view.later).toEqual([expect.stringContaining('leaver-delete')]);
    expect((await stores().runs.list({ personId: await personOf('10012'), limit: 5 })).length).toBe(0);
  });

  it('of a joiner shows what is not there yet by reference, with tentative names that stay free, and no secret', async () => {
    const name = { given: 'Tentative', family: 'Name' };
    const personId = await product.tell({ workerId: '70001', name, hireDate: '2099-01-01', workerType: 'employee' });
    const before = writes();
    const view = shown(await makePlan(product.operations, { workflow: 'joiner', people: [personId], actor }));
    expect(writes()).toEqual(before);
    const create = view.changes.find((one) => one.do === 'create' && one.target === 'ad:contoso');
    expect(create?.after).toMatchObject({ userPrincipalName: 'tentative.name@contoso.example', initialPassword: '(made when applied)' });
    const grants = view.changes.filter(({ target, effect }) => target === 'entra:contoso' && effect === 'grant');
    expect(grants.length).toBeGreaterThan(2);
    expect(new Set(grants.map(({ object, isTentative }) => [object, isTentative].join()))).toEqual(
      new Set(['(the new account in entra:contoso),true']),
    );
    expect(view.remarks).toContainEqual(expect.objectContaining({ step: 'first-day', is: 'waits' }));
    expect(await stores().names.of(personId)).toEqual([]);
  });

  it('has the same hash as long as the world is the same, and another one once it is not', async () => {
    const { hash } = await planFor('leaver', '10013');
    expect((await planFor('leaver', '10013')).hash).toBe(hash);
    await control(`/graph/groups/${groupOfPeople}/members`, { user: 'e1000000-0000-4000-8000-000000010013' });
    expect((await planFor('leaver', '10013')).hash).not.toBe(hash);
  });

  it('for everyone counts what would change in which target, and is kept for those only for whom there is something', async () => {
    const before = writes();
    const plan = await makePlan(product.operations, { workflow: 'mover', people: 'everyone', actor });
    expect(writes()).toEqual(before);
    const head = shown(plan);
    expect(head.people).toBe(60);
    expect(head.peopleWithChanges).toBeLessThanOrEqual(plan.people.length);
    expect(head.summary.length).toBeGreaterThan(0);
    expect(head.summary.every(({ people, changes }) => people > 0 && changes >= people)).toBe(true);
  });

  it('says what somebody privileged is refused, and that containing them is held', async () => {
    const { changes } = shown(await planFor('leaver', '10008'));
    expect(changes.find(({ step, kind }) => step === 'ad' && kind === 'account')?.verdict).toMatchObject({
      is: 'held',
      reason: expect.stringContaining('two approvers'),
    });
  });

  it('of a name that no workflow has is refused, with the names there are', async () => {
    await expect(planFor('leavers', '10012')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('leaver-contain'),
    });
  });
});

describe('A plan that is carried out', { timeout: 60_000 }, () => {
  it('is refused under another hash, and without a reason', async () => {
    const { id, hash } = await planFor('leaver', '10015');
    await expect(demandPlan(product.operations, { planId: id, hash: 'other', ...why })).rejects.toMatchObject({ code: 'plan-differs' });
    await expect(demandPlan(product.operations, { planId: id, hash, actor, reason: ' ' })).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('does what it shows, in both stages, and nothing else: what has moved since is refused change by change, with what it is', async () => {
    const plan = await planFor('leaver', '10014');
    const user = 'e1000000-0000-4000-8000-000000010014';
    await control(`/graph/groups/${groupOfPeople}/members`, { user });
    const contain = only(await begin(plan));
    const personId = contain.personId;
    await carryOutRunsOf(product.operations, personId);
    await carryOutRunsOf(product.operations, personId);
    const runs = await stores().runs.list({ personId, limit: 10 });
    const strip = runs.find(({ workflow }) => workflow === 'leaver-strip');
    expect([strip?.planId, strip?.state, await stateOf(contain)]).toEqual([plan.id, 'done-with-gaps', 'done']);
    const groups = (await stores().steps.of(strip?.id ?? '')).find(({ stepId }) => stepId === 'entra-groups');
    expect(groups).toMatchObject({
      state: 'refused',
      gaps: 1,
      summary: expect.stringMatching(new RegExp(`${groupOfPeople}.*was not to be done at the plan`)),
    });
    const left = (await product.about('10014')).users[0];
    expect([left?.accountEnabled, left?.groups.filter((id) => id.startsWith('a1') && !id.endsWith('0d'))]).toEqual([
      false,
      [groupOfPeople],
    ]);
    // What follows days later was not shown, and is not bound.
    expect(runs.find(({ workflow }) => workflow === 'leaver-delete')?.planId).toBeNull();
  });

  it('names the attribute whose value was another at the plan', async () => {
    const personId = await retitle('10016', 'Astronaut');
    const plan = await makePlan(product.operations, { workflow: 'mover', people: [personId], actor });
    const title = shown(plan).changes.find((one) => one.target === 'ad:contoso' && 'title' in (one.after ?? {}));
    expect(title?.after?.['title']).toBe('Astronaut');
    await retitle('10016', 'Diver');
    const run = only(await begin(plan));
    await carryOutRunsOf(product.operations, personId);
    const step = (await stores().steps.of(run.id)).find(({ stepId }) => stepId === 'ad');
    expect(step).toMatchObject({
      state: 'refused',
      summary: expect.stringContaining('title was to become “Astronaut” at the plan, is to become “Diver”'),
    });
  });
});

describe('Runs that somebody asks for', { timeout: 60_000 }, () => {
  it('are begun for all of a list, or for nobody where one of them is not in the scope', async () => {
    const people = [await personOf('20001'), await personOf('10017')];
    await expect(demandRuns(product.operations, { workflow: 'joiner-cloud', people, ...why })).rejects.toMatchObject({
      code: 'input-invalid',
      problems: [{ who: people[1], problem: expect.stringContaining('scope') }],
    });
    expect(await stores().runs.unfinishedOf(people[0] ?? '')).toEqual([]);
  });

  it('are held as one batch where a brake is passed: nothing of it begins', async () => {
    const workers = await stores().people.ofSource('generic', '', 100);
    const people = [...new Set(workers.filter(({ workerId }) => workerId > '20000').map(({ personId }) => personId))];
    const runs = await demandRuns(product.operations, { workflow: 'leaver-contain', people, ...why });
    expect(new Set(runs.map(({ state }) => state))).toEqual(new Set(['held']));
    const holds = (await stores().holds.open(100)).filter(({ kind }) => kind === 'batch');
    expect(holds.map(({ code, reference }) => [code, reference])).toEqual([['brake', runs[0]?.batchId]]);
    await cancelRun(product.operations, { runId: runs[0]?.id ?? '', ...why });
    expect(await stores().runs.byId(runs[0]?.id ?? '')).toMatchObject({ state: 'cancelled', note: expect.stringContaining(why.reason) });
  });

  it('can be cancelled under way: the run ends at its next step, and what else is unfinished is planned again', async () => {
    const personId = await personOf('10018');
    const rename = only(await demandRuns(product.operations, { workflow: 'rename', people: [personId], ...why }));
    const mover = only(await demandRuns(product.operations, { workflow: 'mover', people: [personId], ...why }));
    expect(await stateOf(rename)).toBe('superseded');
    const [first, second] = await stores().runs.unfinishedOf(personId);
    expect(new Set([first?.workflow, second?.workflow])).toEqual(new Set(['mover', 'rename']));
    const started = await product.operations.registry.transaction((within) =>
      within.runs.beginStart(mover.id, product.operations.clock.now()),
    );
    expect(started?.state).toBe('starting');
    await cancelRun(product.operations, { runId: mover.id, ...why });
    expect(await stateOf(mover)).toBe('cancelled');
    expect((await stores().runs.unfinishedOf(personId)).map(({ workflow, state }) => `${workflow} ${state}`)).toEqual(['rename planned']);
    await expect(cancelRun(product.operations, { runId: mover.id, ...why })).rejects.toMatchObject({ code: 'wrong-state' });
    const rows = await stores().audit.list({ after: 0, limit: 500, runId: mover.id });
    expect(rows.map(({ action, actor: who }) => `${action} ${who}`)).toEqual([`run.demanded ${actor}`, `run.cancelled ${actor}`]);
  });

  it('go on without a step that somebody skips, which stays a gap with name and reason', async () => {
    const personId = await personOf('10012');
    const run = only(await demandRuns(product.operations, { workflow: 'mover', people: [personId], ...why }));
    await skipStep(product.operations, { runId: run.id, stepId: 'entra-groups', ...why });
    await carryOutRunsOf(product.operations, personId);
    const step = (await stores().steps.of(run.id)).find(({ stepId }) => stepId === 'entra-groups');
    expect(step).toMatchObject({ state: 'skipped', gaps: 1, summary: `skipped by ${actor}: ${why.reason}` });
    expect(await stateOf(run)).toBe('done-with-gaps');
    const again = only(await retryRun(product.operations, { runId: run.id, ...why }));
    expect([again.workflow, again.cause]).toEqual(['mover', `retry:${run.id}`]);
    await expect(skipStep(product.operations, { runId: again.id, stepId: 'no-such', ...why })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('can be taken back, where what they left is still so; never for somebody privileged', async () => {
    const personId = await personOf('10020');
    const groups = async () => (await product.about('10020')).users[0]?.groups.toSorted();
    const before = await groups();
    const contained = only(await demandRuns(product.operations, { workflow: 'leaver-strip', people: [personId], ...why }));
    await expect(undoRun(product.operations, { runId: contained.id, ...why })).rejects.toMatchObject({ code: 'wrong-state' });
    await carryOutRunsOf(product.operations, personId);
    expect(await groups()).not.toEqual(before);
    for (const run of await stores().runs.unfinishedOf(personId)) await cancelRun(product.operations, { runId: run.id, ...why });
    const undoing = only(await undoRun(product.operations, { runId: contained.id, ...why }));
    await carryOutRunsOf(product.operations, personId);
    expect([undoing.workflow, undoing.cause, (await stateOf(undoing)) !== 'planned']).toEqual(['undo', `undo:${contained.id}`, true]);
    expect((await groups())?.filter((id) => before?.includes(id))).toEqual(before);
    const privileged = await personOf('10008');
    const mover = only(await demandRuns(product.operations, { workflow: 'mover', people: [privileged], ...why }));
    await cancelRun(product.operations, { runId: mover.id, ...why });
    await expect(undoRun(product.operations, { runId: mover.id, ...why })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
