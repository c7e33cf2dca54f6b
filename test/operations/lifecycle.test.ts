import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worker } from '../../shared/domain/worker.ts';
import { decideFact } from '../../shared/operations/decide-fact.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { reconsiderPeople } from '../../shared/operations/standing/reconsider-people.ts';
import { subjectOf } from '../../shared/operations/subject-of.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { lifecycleWorkflows } from './lifecycle-workflows.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';
import { anEvent } from './sample-event.ts';
import { freshWorkerId, joined as joinedIn, Somebody, start } from './somebody.ts';

let product: PushOnly;
beforeAll(async () => {
  product = await pushOnlyProduct(lifecycleWorkflows);
}, 120_000);
afterAll(() => product.close());

const stores = () => product.registry.stores;
const joined = (worker: Partial<Worker> = {}) => joinedIn(product, worker);

async function asked(somebody: Somebody, changes: Partial<Run>): Promise<void> {
  const model = await stores().runs.list({ personId: somebody.personId, limit: 1 });
  const epoch = (await stores().people.byId(somebody.personId))?.epoch ?? 0;
  const [first] = model;
  if (first === undefined) throw new Error('no run to copy');
  const hash = 'hash of contain-now';
  const body = lifecycleWorkflows.find((one) => one.hash === hash)?.definition;
  await stores().runs.saveDefinition(hash, JSON.stringify(body));
  const nothingYet = { state: 'planned', attempt: 0, startedAt: null, endedAt: null, note: null } as const;
  const of = { workflow: 'contain-now', definitionHash: hash, lane: 'contain', trigger: 'on-demand', askedBy: 'token:olga' } as const;
  await stores().runs.plan({
    ...first,
    ...nothingYet,
    ...of,
    id: `asked-${somebody.workerId}`,
    epoch,
    dueAt: product.time.now,
    ...changes,
  });
}

describe('Leaving', () => {
  it('goes in three stages, each planned by the end of the one before, asked for by the same source', async () => {
    const zoe = await joined();
    await zoe.tell({ status: 'terminated' });
    expect(await zoe.open()).toEqual(['contain']);
    expect(await zoe.run('contain')).toMatchObject({ lane: 'contain', dueAt: product.time.now, askedBy: 'source:generic' });
    await zoe.carryOut('contain');
    expect(await zoe.open()).toEqual(['strip']);
    await zoe.carryOut('strip');
    expect(await zoe.run('delete')).toMatchObject({ dueAt: Date.parse('2026-12-21T00:00:00Z'), askedBy: 'source:generic' });
  });

  it('ahead is announced seven days before and closed when the last day is over where they are', async () => {
    const zoe = await joined();
    await zoe.tell({ lastDay: '2026-12-15', timeZone: 'America/New_York' });
    expect(await zoe.run('announce')).toMatchObject({ dueAt: Date.parse('2026-12-08T05:00:00Z') });
    expect(await zoe.run('contain')).toMatchObject({ dueAt: Date.parse('2026-12-16T05:00:00Z') });
  });

  it('that is moved is planned anew, and one that is taken back is not done', async () => {
    const zoe = await joined();
    await zoe.tell({ lastDay: '2026-12-15' });
    await zoe.tell({ lastDay: '2026-12-20' });
    expect(await zoe.run('contain')).toMatchObject({ dueAt: Date.parse('2026-12-21T00:00:00Z') });
    await zoe.tell({ lastDay: null });
    expect(await zoe.open()).toEqual([]);
  });

  it('does not announce again what was announced when something else is corrected', async () => {
    const zoe = await joined();
    await zoe.tell({ lastDay: '2026-12-15' });
    await zoe.carryOut('announce');
    await zoe.tell({ lastDay: '2026-12-15', phone: '+351' });
    expect(await zoe.open()).toEqual(['contain', 'correct', 'move']);
  });

  it('places a lock that holds against a correction, and ends with a termination that is taken back', async () => {
    const zoe = await joined();
    await zoe.tell({ status: 'terminated' });
    await zoe.begin('contain');
    expect(await zoe.owners()).toEqual(['hr']);
    await zoe.tell({ status: 'terminated', phone: '+351' });
    expect(await zoe.owners()).toEqual(['hr']);
    await zoe.tell();
    expect([await zoe.owners(), await zoe.open()]).toEqual([[], ['restore']]);
  });

  it('sets off nothing of its own when the day comes for which it is planned', async () => {
    const zoe = await joined();
    await zoe.tell({ lastDay: '2026-11-22', timeZone: 'Europe/Lisbon' });
    const { id, epoch } = await zoe.run('contain');
    product.time.now = Date.parse('2026-11-23T00:00:01Z');
    await reconsiderPeople(product.operations);
    product.time.now = start;
    expect(await zoe.standing()).toBe('left');
    expect(await zoe.run('contain')).toMatchObject({ id, epoch });
  });

  it('makes those who report to them look for the next manager up', async () => {
    const [top, boss] = [await joined(), new Somebody(product)];
    await boss.tell({ managerId: top.workerId });
    await boss.carryOut('join');
    const report = await joined({ managerId: boss.workerId });
    await boss.tell({ status: 'terminated', managerId: top.workerId });
    await boss.carryOut('contain');
    expect(await report.open()).toContain('next-manager');
    expect((await subjectOf(product.registry, report.personId)).manager?.personId).toBe(top.personId);
  });

  it('that a brake holds stays held through a correction, with its question', async () => {
    const zoe = await joined();
    await zoe.tell({ lastDay: '2026-12-15' });
    const held = await zoe.run('contain');
    await product.registry.transaction(async (inside) => {
      await inside.runs.plan({ ...held, id: `${held.id}-held`, state: 'held', trigger: 'leaver' });
      await inside.runs.cancelPlanned(held.id, 'replaced by one that is held', 0);
      const question = {
        kind: 'run',
        reference: `${held.id}-held`,
        personId: zoe.personId,
        code: 'brake',
        message: 'too many',
        approvals: 1,
      } as const;
      await inside.holds.add({ id: `hold-${held.id}`, at: 0, ...question });
    });
    await zoe.tell({ lastDay: '2026-12-15', phone: '+351' });
    expect(await zoe.open()).toContain('contain held');
    expect(await stores().holds.openAbout((await zoe.run('contain')).id)).toHaveLength(1);
    expect(await stores().holds.openAbout(`${held.id}-held`)).toEqual([]);
    await zoe.tell({ lastDay: null, phone: '+351' });
    expect(await zoe.open()).not.toContain('contain held');
  });
});

describe('What somebody asked for', () => {
  it('goes on whatever HR corrects, and its lock is not HR’s to lift', async () => {
    const zoe = await joined();
    await asked(zoe, {});
    await zoe.tell({ department: 'Sales' });
    expect(await zoe.open()).toContain('contain-now');
    await zoe.begin('contain-now');
    await zoe.tell({ department: 'Finance' });
    expect(await zoe.owners()).toEqual(['operator']);
  });
});

describe('Coming back', () => {
  it('under the same worker id revives, and lifts the lock of HR alone', async () => {
    const zoe = await joined();
    await zoe.tell({ status: 'terminated' });
    await zoe.carryOut('contain');
    await stores().locks.place({ personId: zoe.personId, owner: 'security', reason: 'r', placedBy: 'x', since: 0 });
    await zoe.tell({ hireDate: '2026-11-25' });
    expect([await zoe.open(), await zoe.owners()]).toEqual([['revive'], ['security']]);
  });

  it('under another worker id is the same person where the source has one key for both', async () => {
    const zoe = await joined({ personKey: 'zoe-key' });
    await zoe.tell({ personKey: 'zoe-key', status: 'terminated' });
    await zoe.carryOut('contain');
    const again = new Somebody(product);
    await again.tell({ personKey: 'zoe-key', hireDate: '2026-11-25' });
    expect([again.personId, await again.open()]).toEqual([zoe.personId, ['revive']]);
  });

  it('much later begins only when it is time to set them up: until then they have left', async () => {
    const zoe = await joined();
    await zoe.tell({ status: 'terminated' });
    await zoe.carryOut('contain');
    await zoe.tell({ hireDate: '2027-03-01' });
    expect([await zoe.standing(), await zoe.open(), await zoe.owners()]).toEqual(['left', ['strip'], ['hr']]);
    product.time.now = Date.parse('2027-02-15T00:00:01Z');
    await reconsiderPeople(product.operations);
    expect([await zoe.standing(), await zoe.open()]).toEqual(['coming', ['revive']]);
    product.time.now = start;
  });

  it('as an employee after a contract is no leaving in between', async () => {
    const zoe = await joined({ workerType: 'contractor', personKey: 'conv' });
    await zoe.tell({ workerType: 'contractor', personKey: 'conv', lastDay: '2026-11-30' });
    const employee = new Somebody(product);
    await employee.tell({ personKey: 'conv', hireDate: '2026-12-01' });
    expect([employee.personId, await zoe.standing(), await zoe.open()]).toEqual([zoe.personId, 'active', []]);
    product.time.now = Date.parse('2026-12-01T00:00:01Z');
    await reconsiderPeople(product.operations);
    product.time.now = start;
    expect(await zoe.open()).toEqual(['convert', 'correct', 'move']);
  });
});

describe('Changes', () => {
  it.each([
    ['a move', { department: 'Sales' }, ['move']],
    ['a correction', { phone: '+351' }, ['correct', 'move']],
    ['a new name', { name: { given: 'Zoë', family: 'Ek' } }, ['report-name']],
    ['a leave', { status: 'leave' }, ['go-away']],
    ['a hire date that was wrong', { hireDate: '2020-02-01' }, ['correct', 'move']],
    ['nothing', {}, []],
  ] as const)('%s plans %j', async (_, changes, plans) => {
    const zoe = await joined();
    await zoe.tell(changes);
    expect(await zoe.open()).toEqual(plans);
  });

  it('that are told ahead wait for their day', async () => {
    const zoe = await joined();
    await zoe.tell({ department: 'Sales' }, { effectiveFrom: '2026-12-15' });
    expect(await zoe.open()).toEqual([]);
    product.time.now = Date.parse('2026-12-15T00:00:01Z');
    await reconsiderPeople(product.operations);
    product.time.now = start;
    expect(await zoe.open()).toEqual(['move']);
  });

  it('end what only the former role gave after the grace, and nothing of it when that is given again', async () => {
    const zoe = await joined({ department: 'Platform' });
    const [rule] = product.operations.rules
      .entitlements('entra:contoso', (await subjectOf(product.registry, zoe.personId)).worker)
      .filter(({ rules }) => rules.some((id) => id.startsWith('platform')));
    const [reference] = rule?.rules ?? [];
    const holding = { target: 'entra:contoso', object: rule?.object ?? '', kind: 'group' } as const;
    await stores().holdings.add(zoe.personId, [holding], { kind: 'rule', reference: reference ?? '' }, 0);
    await stores().holdings.add(zoe.personId, [{ ...holding, object: 'seen' }], { kind: 'observed', reference: 'baseline' }, 0);
    await zoe.tell({ department: 'Nowhere' });
    const until = Date.parse('2026-11-28T00:00:00Z');
    expect(await zoe.run('end-access')).toMatchObject({ dueAt: until });
    const ends = async () =>
      (await stores().holdings.of(zoe.personId))
        .flatMap(({ reasons }) => reasons.map((reason) => `${reason.kind} ${reason.until}`))
        .toSorted();
    expect(await ends()).toEqual(['observed null', `rule ${until}`]);
    await zoe.tell({ department: 'Platform' });
    expect([await ends(), (await zoe.open()).includes('end-access')]).toEqual([['observed null', 'rule null'], false]);
  });
});

describe('What one rule gave and another gives now', () => {
  it('does not end with the first', async () => {
    const zoe = await joined({ workerType: 'employee' });
    const holding = { target: 'oci:contoso', object: 'b1000000000000000000000000000001', kind: 'group' } as const;
    await stores().holdings.add(zoe.personId, [holding], { kind: 'rule', reference: 'employees@1' }, 0);
    await zoe.tell({ workerType: 'contractor' });
    const [held] = await stores().holdings.of(zoe.personId);
    expect(held?.reasons.map(({ until }) => until)).toEqual([null]);
    expect(await zoe.open()).not.toContain('end-access');
  });
});

describe('A held event', () => {
  it('counts, with what follows from it, once somebody has said that it is the same person', async () => {
    const zoe = await joined();
    await zoe.tell({ status: 'terminated' });
    await zoe.carryOut('contain');
    const inboxId = await zoe.tell({ name: { given: 'Bo', family: 'Ek' }, hireDate: '2026-11-25' });
    expect([(await stores().inbox.byId(inboxId))?.state, await zoe.standing()]).toEqual(['held', 'left']);
    await product.registry.transaction((inside) => decideFact(product.operations, inside, inboxId, 'counted'));
    expect([await zoe.standing(), await zoe.open()]).toEqual(['coming', ['revive']]);
  });

  it('never counts once it is rejected', async () => {
    const zoe = await joined();
    await zoe.tell({ jobTitle: 'one' }, { revision: 7 });
    const inboxId = await zoe.tell({ jobTitle: 'other' }, { revision: 7 });
    await product.registry.transaction((inside) => decideFact(product.operations, inside, inboxId, 'rejected'));
    expect((await stores().inbox.byId(inboxId))?.state).toBe('rejected');
    expect((await subjectOf(product.registry, zoe.personId)).worker.jobTitle).toBe('one');
  });
});

describe('A batch', () => {
  it('begins when the last of its events is folded, and not before', async () => {
    const workers = [freshWorkerId(), freshWorkerId()];
    const { events } = await product.deliver({ events: workers.map((workerId) => anEvent({ workerId, hireDate: '2020-01-01' })) });
    const folded = [];
    const states: string[] = [];
    for (const { inboxId } of events) {
      folded.push(await foldEvent(product.operations, inboxId ?? ''));
      const first = folded[0]?.personId ?? '';
      states.push((await stores().runs.unfinishedOf(first)).map(({ state }) => state).join());
    }
    expect(states).toEqual(['pending', 'planned']);
    expect(folded.map(({ isLastOfBatch }) => isLastOfBatch)).toEqual([false, true]);
  });
});
