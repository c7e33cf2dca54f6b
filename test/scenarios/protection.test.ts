import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import { askUnlock } from '../../shared/operations/holds/ask-unlock.ts';
import { cancelHold, resumeHold } from '../../shared/operations/holds/decide-hold.ts';
import { setPause } from '../../shared/operations/holds/set-pause.ts';
import { demandRuns } from '../../shared/operations/on-demand/demand-runs.ts';
import { undoRun } from '../../shared/operations/on-demand/undo-run.ts';
import { sweepPerson } from '../../shared/operations/sweep/sweep-person.ts';
import { required } from '../contracts/expected.ts';
import { carryOutRunsOf } from '../support/carry-out.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../support/product-on-sandbox.ts';
import { sentAbout } from '../support/sandbox-view.ts';

const breakGlass = 'e3000000-0000-4000-8000-000000000003';
const yesterday = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10);
const left = { status: 'terminated', lastDay: yesterday } as const;
const stays = { status: 'active', lastDay: null } as const;
const disabledFlag = 2;

let product: ProductOnSandbox;
beforeAll(async () => {
  product = await startProductOnSandbox();
}, 120_000);
afterAll(() => product.stop());

const stores = () => product.operations.registry.stores;
const personOf = async (workerId: string) => required(await stores().people.ownerOf('generic', workerId));
const entraIdOf = (workerId: string) => required(company.find((one) => one.workerId === workerId)?.entraId);
const control = async (path: string, body: object, method: 'POST' | 'PATCH' = 'POST') => {
  const headers = { Authorization: 'Bearer sandbox-hr-api-key' };
  const answer = await fetch(`${product.sandbox.urls.control}${path}`, { method, body: JSON.stringify(body), headers });
  expect(answer.ok, `${path} ${answer.status}`).toBe(true);
};
/** Does it, and lets an hour pass meanwhile: so long is a closing that cannot be confirmed waited for. */
async function withinTheHour<Result>(work: Promise<Result>): Promise<Result> {
  let isOver = false;
  const watched = work.finally(() => (isOver = true));
  const passing = expect
    .poll(() => isOver || control('/clock', { advance: 'PT20M' }).then(() => isOver), { timeout: 60_000, interval: 1000 })
    .toBe(true);
  await passing;
  return watched;
}
/** HR changes the record, tells of it, and what is due for the person is carried out. Answers how it ended, by workflow. */
async function hrSays(workerId: string, change: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, string>>> {
  await control(`/hr/v1/workers/${workerId}`, change, 'PATCH');
  return carryOutOf(await product.tell({ workerId }));
}
async function carryOutOf(personId: string): Promise<Readonly<Record<string, string>>> {
  for (let ends = ['']; ends.length > 0;) ends = [...(await carryOutRunsOf(product.operations, personId))];
  const runs = await stores().runs.list({ personId, limit: 100 });
  return Object.fromEntries(runs.toReversed().map(({ workflow, state }) => [workflow, state]));
}
async function accounts(
  workerId: string,
): Promise<{ readonly ad: boolean | undefined; readonly entra: boolean | undefined; readonly oci: boolean | undefined }> {
  const { users, accounts: objects, ociUsers } = await product.about(workerId);
  const flags = objects[0]?.userAccountControl;
  return {
    ad: flags === undefined ? undefined : (Number(flags) & disabledFlag) === 0,
    entra: users[0]?.accountEnabled,
    oci: ociUsers[0]?.active,
  };
}
const questionAbout = async (personId: string, code: string) =>
  required((await stores().holds.open(500)).find((hold) => hold.personId === personId && hold.code === code));
const pages = async () => sentAbout(await product.view(), 'Two approvers are needed at once');
const newest = async (personId: string, workflow: string) => required((await stores().runs.list({ personId, workflow, limit: 1 }))[0]);
const decision = (who: string) => ({ actor: `token:${who}`, oid: `oid of ${who}`, reason: 'decided in the meeting' });
const writesTo = (text: string) =>
  (['graph', 'oci', 'directory'] as const).flatMap((system) =>
    product.sandbox.world.requests.since(system, 0).filter((request) => request.kind === 'write' && JSON.stringify(request).includes(text)),
  );

describe('Somebody privileged who leaves', { timeout: 120_000 }, () => {
  it('is not shut by HR’s word alone: the run says open, and two approvers are paged at once, by one mail', async () => {
    const before = await accounts('10008');
    const ends = await hrSays('10008', left);
    expect(ends).toMatchObject({ 'leaver-contain': 'held', 'page-approvers': 'done' });
    expect(ends['leaver-strip']).toBeUndefined();
    const now = await accounts('10008');
    expect([now.ad, now.entra, before.ad, before.entra]).toEqual([true, true, true, true]);
    const run = await newest(await personOf('10008'), 'leaver-contain');
    const steps = await stores().steps.of(run.id);
    expect(steps.filter(({ summary }) => summary.startsWith('OPEN')).map(({ stepId }) => stepId)).toEqual(
      expect.arrayContaining(['ad', 'entra']),
    );
    const mails = await pages();
    expect(mails.length).toBe(1);
    expect(mails[0]?.toRecipients.length).toBe(2);
    const view = await product.view();
    for (const { emailAddress } of mails[0]?.toRecipients ?? [])
      expect(
        view.graph.mailboxes
          .find(({ address }) => address === emailAddress.address)
          ?.messages.some(({ subject }) => subject.startsWith('Two approvers')),
      ).toBe(true);
  });

  it('is not shut by one approver, nor by the same one twice, nor by themselves; by two it is, as far as the systems let us', async () => {
    const personId = await personOf('10008');
    const { id: holdId } = await questionAbout(personId, 'approval');
    expect((await resumeHold(product.operations, { ...decision('one'), holdId })).is).toBe('waiting');
    expect((await resumeHold(product.operations, { ...decision('one'), actor: 'token:another of one', holdId })).is).toBe('waiting');
    const themselves = { ...decision('x'), oid: entraIdOf('10008'), holdId };
    await expect(resumeHold(product.operations, themselves)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await carryOutOf(personId)).toMatchObject({ 'leaver-contain': 'held' });
    expect(await accounts('10008')).toEqual({ ad: true, entra: true, oci: true });
    expect((await resumeHold(product.operations, { ...decision('two'), holdId })).is).toBe('resumed');
    expect(await carryOutOf(personId)).toMatchObject({ 'leaver-contain': 'failed' });
    // The directories keep administrators from whom they have not made one: what stays open is said in their words.
    const { note } = await newest(personId, 'leaver-contain');
    expect(note).toMatch(/ad: Active Directory answered 50.*entra: .*Insufficient privileges/s);
    expect(await accounts('10008')).toEqual({ ad: true, entra: true, oci: false });
  });

  it('is shut by no sweep without two people either: it asks once more, and of the same two it is enough', async () => {
    const personId = await personOf('10002');
    await hrSays('10002', left);
    const { id: first } = await questionAbout(personId, 'approval');
    await cancelHold(product.operations, { ...decision('operator'), holdId: first });
    expect((await newest(personId, 'leaver-contain')).state).toBe('cancelled');
    expect((await sweepPerson(product.operations, personId)).is).toBe('looked');
    expect(await carryOutOf(personId)).toMatchObject({ 'leaver-contain': 'held' });
    expect(await accounts('10002')).toMatchObject({ ad: true, entra: true });
    expect((await pages()).length).toBe(3);
    const { id: holdId } = await questionAbout(personId, 'approval');
    for (const who of ['one', 'two']) await resumeHold(product.operations, { ...decision(who), holdId });
    expect((await carryOutOf(personId))['leaver-contain']).toMatch(/^done/);
    expect(Object.values(await accounts('10002')).includes(true)).toBe(false);
  });

  it('is not opened again by a withdrawn termination, nor by an operator: nothing of somebody privileged is undone', async () => {
    const personId = await personOf('10002');
    await hrSays('10002', stays);
    expect(Object.values(await accounts('10002')).includes(true)).toBe(false);
    const { id: runId } = await newest(personId, 'leaver-contain');
    await expect(undoRun(product.operations, { runId, ...decision('operator') })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is shut by no operator alone: on demand asks for two as well', async () => {
    const { personId } = required(
      await stores()
        .people.withWorkerId('10003')
        .then(([one]) => one),
    );
    await control(`/graph/groups/a1000000-0000-4000-8000-00000000000e/members`, { user: entraIdOf('10003') });
    await demandRuns(product.operations, { workflow: 'contain-now', people: [personId], actor: 'token:operator', reason: 'suspicion' });
    expect(await carryOutOf(personId)).toMatchObject({ 'contain-now': 'held' });
    expect((await accounts('10003')).entra).toBe(true);
  });
});

describe('An account for emergencies', { timeout: 120_000 }, () => {
  it('is never written to, though the registry takes it for a leaver’s own: by event, sweep, on demand or undo', async () => {
    const personId = await personOf('20004');
    await stores().links.record({
      target: 'entra:contoso',
      nativeId: breakGlass,
      personId,
      kind: 'admin',
      how: 'baseline',
      anchor: null,
      since: 0,
    });
    const agreeing = async () => {
      const { id: holdId } = await questionAbout(personId, 'approval');
      for (const who of ['one', 'two']) await resumeHold(product.operations, { ...decision(who), holdId });
      return withinTheHour(carryOutOf(personId));
    };
    // It holds every privilege there is, so that two have to agree first.
    expect(await hrSays('20004', left)).toMatchObject({ 'leaver-contain': 'held' });
    expect((await agreeing())['leaver-contain']).not.toMatch(/^(held|done)$/);
    expect((await accounts('20004')).entra).toBe(false);
    await sweepPerson(product.operations, personId);
    await demandRuns(product.operations, { workflow: 'contain-now', people: [personId], actor: 'token:operator', reason: 'to be sure' });
    await withinTheHour(carryOutOf(personId));
    const { id: runId } = await newest(personId, 'leaver-contain');
    await expect(undoRun(product.operations, { runId, ...decision('operator') })).rejects.toThrow();
    expect(writesTo(breakGlass)).toEqual([]);
    const { graph } = await product.view();
    expect(graph.users.find(({ id }) => id === breakGlass)).toMatchObject({ accountEnabled: true, deleted: false });
    expect((await stores().holds.open(500)).some(({ code, reference }) => code === 'left-open' && reference.includes(breakGlass))).toBe(
      true,
    );
  });
});

describe('A containment lock', { timeout: 120_000 }, () => {
  const locks = async (workerId: string) => (await stores().locks.of(await personOf(workerId))).map(({ owner }) => owner);

  it('of HR holds against an edit, an undo and an opening by hand, and ends with HR’s word that somebody stays', async () => {
    await hrSays('20006', left);
    expect([await locks('20006'), (await accounts('20006')).entra]).toEqual([['hr'], false]);
    await hrSays('20006', { jobTitle: 'Corrected' });
    expect([await locks('20006'), (await accounts('20006')).entra]).toEqual([['hr'], false]);
    const personId = await personOf('20006');
    await undoRun(product.operations, { runId: (await newest(personId, 'leaver-contain')).id, ...decision('operator') }).catch(
      () => undefined,
    );
    await carryOutOf(personId);
    expect((await accounts('20006')).entra).toBe(false);
    await control(`/graph/users/${entraIdOf('20006')}`, { accountEnabled: true });
    await sweepPerson(product.operations, personId);
    await carryOutOf(personId);
    expect([await locks('20006'), (await accounts('20006')).entra]).toEqual([['hr'], false]);
    await hrSays('20006', stays);
    expect([await locks('20006'), (await accounts('20006')).entra]).toEqual([[], true]);
  });

  it('of an operator holds against HR’s edits and a rehire, and ends when two people agree, not one twice nor the person themselves', async () => {
    const personId = await personOf('20007');
    await demandRuns(product.operations, { workflow: 'contain-now', people: [personId], actor: 'token:operator', reason: 'suspicion' });
    await carryOutOf(personId);
    expect([await locks('20007'), (await accounts('20007')).entra]).toEqual([['operator'], false]);
    await hrSays('20007', { department: 'Finance' });
    await hrSays('20007', left);
    await hrSays('20007', stays);
    expect([await locks('20007'), (await accounts('20007')).entra]).toEqual([['operator'], false]);
    const ask = (who: string, oid = `oid of ${who}`) =>
      askUnlock(product.operations, { personId, owner: 'operator', ...decision(who), oid });
    await expect(ask('themselves', entraIdOf('20007'))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await ask('one')).is).toBe('waiting');
    expect((await ask('one')).is).toBe('waiting');
    expect(await locks('20007')).toEqual(['operator']);
    expect((await ask('two')).is).toBe('resumed');
    expect(await locks('20007')).toEqual([]);
  });
});

describe('The pause', { timeout: 120_000 }, () => {
  it('stops a joiner at the gate, however long it lasts, and lets it go on afterwards; without a reason it neither begins nor ends', async () => {
    const pause = (isOn: boolean, reason = 'a drill') => setPause(product.operations, { isOn, actor: 'token:operator', reason });
    await expect(pause(true, ' ')).rejects.toMatchObject({ code: 'input-invalid' });
    await pause(true);
    const before = product.sandbox.world.requests.counters();
    const { personId, ends } = await product.hire({ workerId: '95001', name: { given: 'Paused', family: 'Person' } });
    expect(ends).toEqual(['parked']);
    const run = required((await stores().runs.list({ personId, limit: 1 }))[0]);
    expect((await stores().steps.of(run.id)).map(({ state, summary }) => [state, summary])).toEqual([
      ['held', 'Paused by token:operator: a drill'],
    ]);
    expect((await stores().holds.openAbout(run.id)).length).toBe(0);
    await control('/clock', { advance: 'P3D' });
    await expect.poll(() => product.operations.clock.now() - Date.now()).toBeGreaterThan(2 * 86_400_000);
    expect(await carryOutRunsOf(product.operations, personId)).toEqual(['parked']);
    const after = product.sandbox.world.requests.counters();
    expect([after.graph.writes, after.oci.writes, after.directory.writes]).toEqual([
      before.graph.writes,
      before.oci.writes,
      before.directory.writes,
    ]);
    await expect(pause(false, '')).rejects.toMatchObject({ code: 'input-invalid' });
    await pause(false);
    expect(await carryOutRunsOf(product.operations, personId)).toEqual(['done']);
  });
});
