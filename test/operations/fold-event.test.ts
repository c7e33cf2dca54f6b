import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HrEvent } from '../../shared/domain/hr-event.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import type { Engagement } from '../../shared/ports/registry/people.ts';
import type { InboxRow } from '../../shared/ports/registry/inbox.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import { lifecycleWorkflows } from './lifecycle-workflows.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';
import { anEvent } from './sample-event.ts';

let product: PushOnly;
let lastWorker = 50_000;
beforeAll(async () => {
  product = await pushOnlyProduct(lifecycleWorkflows);
}, 120_000);
afterAll(() => product.close());

/** Takes events in and folds them in this order; the first answer's row tells how it was settled. */
async function tell(...events: readonly HrEvent[]): Promise<readonly (InboxRow | undefined)[]> {
  const rows: (InboxRow | undefined)[] = [];
  for (const event of events) {
    const { events: answers } = await product.deliver(event);
    const inboxId = answers[0]?.inboxId ?? '';
    await foldEvent(product.operations, inboxId);
    rows.push(await product.registry.stores.inbox.byId(inboxId));
  }
  return rows;
}

function somebody(): string {
  lastWorker += 1;
  return String(lastWorker);
}

async function engagementOf(workerId: string): Promise<Engagement | undefined> {
  const owner = (await product.registry.stores.people.ownerOf('generic', workerId)) ?? '';
  return (await product.registry.stores.people.engagements(owner))[0];
}

async function runsOf(workerId: string): Promise<readonly Run[]> {
  const personId = (await product.registry.stores.people.ownerOf('generic', workerId)) ?? '';
  return product.registry.stores.runs.list({ personId, limit: 50 });
}

const at = (minute: number): string => `2026-11-21T08:${String(minute).padStart(2, '0')}:00Z`;

describe('Folding an event', () => {
  it('makes a new worker a person whose joining is planned, not before fourteen days ahead', async () => {
    const workerId = somebody();
    const [row] = await tell(anEvent({ workerId, hireDate: '2027-01-15' }));
    expect(row).toMatchObject({ state: 'folded', reason: 'joiner: plans join' });
    const [run, ...others] = await runsOf(workerId);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      workflow: 'join',
      state: 'planned',
      dueAt: Date.parse('2027-01-01T00:00:00Z'),
      cause: row?.inboxId,
    });
  });

  it('plans at once for a hire date that is past', async () => {
    const workerId = somebody();
    await tell(anEvent({ workerId, workerType: 'contractor', hireDate: '2020-01-01' }));
    expect((await runsOf(workerId))[0]).toMatchObject({ workflow: 'join', dueAt: product.time.now });
  });

  it('twice changes nothing the second time', async () => {
    const workerId = somebody();
    const [row] = await tell(anEvent({ workerId }));
    const before = [
      await engagementOf(workerId),
      await runsOf(workerId),
      await product.registry.stores.audit.list({ after: 0, limit: 10_000 }),
    ];
    await foldEvent(product.operations, row?.inboxId ?? '');
    expect([
      await engagementOf(workerId),
      await runsOf(workerId),
      await product.registry.stores.audit.list({ after: 0, limit: 10_000 }),
    ]).toEqual(before);
  });

  it('that says nothing new plans nothing and supersedes nothing', async () => {
    const workerId = somebody();
    const [, row] = await tell(anEvent({ workerId }, { occurredAt: at(1) }), anEvent({ workerId }, { occurredAt: at(2) }));
    expect(row?.reason).toBe('nothing: nothing new');
    expect((await runsOf(workerId)).map(({ state }) => state)).toEqual(['planned']);
  });

  it('keeps what an event does not mention, and clears what it gives as null or empty', async () => {
    const workerId = somebody();
    await tell(anEvent({ workerId, phone: '+351', jobTitle: 'Engineer', custom: { shoe: 44, hat: 7 } }, { occurredAt: at(1) }));
    const { phone: _, department: __, custom: ___, ...silent } = anEvent({ workerId }).worker;
    await tell({ ...anEvent({}, { occurredAt: at(2) }), worker: { ...silent, jobTitle: '', managerId: null, custom: { hat: 8 } } });
    const worker = (await engagementOf(workerId))?.worker;
    expect(worker).toMatchObject({ phone: '+351', department: 'Platform', jobTitle: null, managerId: null, custom: { shoe: 44, hat: 8 } });
  });

  it('leaves an older event aside: by revision where both have one, else by when it happened', async () => {
    const [byRevision, byTime] = [somebody(), somebody()];
    const [, old] = await tell(
      anEvent({ workerId: byRevision, jobTitle: 'new' }, { revision: 8, occurredAt: at(1) }),
      anEvent({ workerId: byRevision, jobTitle: 'old' }, { revision: 7, occurredAt: at(2) }),
    );
    const [, earlier] = await tell(
      anEvent({ workerId: byTime, jobTitle: 'new' }, { occurredAt: at(2) }),
      anEvent({ workerId: byTime, jobTitle: 'old' }, { occurredAt: at(1) }),
    );
    expect([old?.state, earlier?.state]).toEqual(['stale', 'stale']);
    expect([(await engagementOf(byRevision))?.worker.jobTitle, (await engagementOf(byTime))?.worker.jobTitle]).toEqual(['new', 'new']);
  });

  it('of two that happened at the same time, the one with the greater id counts, whichever comes first', async () => {
    const stories = [
      ['a', 'b'],
      ['b', 'a'],
    ].map((order) => ({ order, workerId: somebody() }));
    for (const { order, workerId } of stories) {
      await tell(...order.map((name) => anEvent({ workerId, jobTitle: name }, { id: `${workerId}-${name}` })));
      expect((await engagementOf(workerId))?.worker.jobTitle).toBe('b');
    }
  });

  it('holds an event that says something else under the same revision, until a person decides', async () => {
    const workerId = somebody();
    const [, other, same] = await tell(
      anEvent({ workerId, jobTitle: 'one' }, { revision: 3 }),
      anEvent({ workerId, jobTitle: 'other' }, { revision: 3 }),
      anEvent({ workerId, jobTitle: 'one' }, { revision: 3 }),
    );
    expect([other?.state, same?.state]).toEqual(['held', 'folded']);
    expect((await engagementOf(workerId))?.worker.jobTitle).toBe('one');
    expect((await product.registry.stores.holds.open(100)).map(({ reference }) => reference)).toContain(other?.inboxId);
  });

  it('holds the worker id of somebody who left when it returns under another name; a partly same name is the same person', async () => {
    const [reused, rehired] = [somebody(), somebody()];
    const left = (workerId: string) => [
      anEvent({ workerId, name: { given: 'Ana', family: 'Sousa' } }, { occurredAt: at(1) }),
      anEvent({ workerId, name: { given: 'Ana', family: 'Sousa' }, status: 'terminated' }, { occurredAt: at(2) }),
    ];
    const [, , stranger] = await tell(
      ...left(reused),
      anEvent({ workerId: reused, name: { given: 'Bo', family: 'Ek' } }, { occurredAt: at(3) }),
    );
    const [, , back] = await tell(
      ...left(rehired),
      anEvent({ workerId: rehired, name: { given: 'Ána', family: 'Lima' }, hireDate: '2026-12-02' }, { occurredAt: at(3) }),
    );
    expect(stranger?.state).toBe('held');
    expect((await engagementOf(reused))?.worker.status).toBe('terminated');
    expect(back).toMatchObject({ state: 'folded', reason: 'rehire: plans join' });
  });

  it('begins the joining again when something changes in the middle of it, and stops what was under way', async () => {
    const workerId = somebody();
    await tell(anEvent({ workerId }, { occurredAt: at(1) }), anEvent({ workerId, department: 'Sales' }, { occurredAt: at(2) }));
    const [second, first] = await runsOf(workerId);
    expect([first?.state, second?.state]).toEqual(['superseded', 'planned']);
    expect(second?.epoch).toBeGreaterThan(first?.epoch ?? 0);
    expect(second?.workflow).toBe('join');
  });

  it('goes on joining somebody whose last day becomes known before the first', async () => {
    const workerId = somebody();
    await tell(anEvent({ workerId }, { occurredAt: at(1) }), anEvent({ workerId, lastDay: '2027-06-30' }, { occurredAt: at(2) }));
    const open = (await runsOf(workerId)).filter(({ state }) => state === 'planned').map(({ workflow }) => workflow);
    expect(open.toSorted()).toEqual(['announce', 'contain', 'join']);
  });

  it.each([
    ['rescinds the hire', { status: 'rescinded' }, 'rescinded', 'undo'],
    ['ends before it begins', { lastDay: '2026-11-30' }, 'no-show', 'undo'],
    ['ends at once', { status: 'terminated' }, 'leaver', 'contain'],
  ] as const)('stops the joining when HR %s', async (_, changes, kind, follows) => {
    const workerId = somebody();
    const [, row] = await tell(anEvent({ workerId }, { occurredAt: at(1) }), anEvent({ workerId, ...changes }, { occurredAt: at(2) }));
    expect(row?.reason).toBe(`${kind}: plans ${follows}`);
    expect((await runsOf(workerId)).map(({ workflow, state }) => `${workflow} ${state}`)).toEqual([
      `${follows} planned`,
      'join superseded',
    ]);
  });

  it('plans nothing for somebody who is first heard of when they have left', async () => {
    const workerId = somebody();
    const [row] = await tell(anEvent({ workerId, status: 'terminated' }));
    expect(row?.reason).toContain('nothing');
    expect(await runsOf(workerId)).toEqual([]);
  });

  it('folds each event exactly once when it is delivered many times at once', async () => {
    const workerId = somebody();
    const { events } = await product.deliver(anEvent({ workerId }));
    const inboxId = events[0]?.inboxId ?? '';
    await Promise.all([1, 2, 3, 4, 5].map(() => foldEvent(product.operations, inboxId)));
    expect(await runsOf(workerId)).toHaveLength(1);
    const rows = await product.registry.stores.audit.list({ after: 0, limit: 10_000 });
    expect(rows.filter(({ action, detail }) => action === 'event.folded' && detail['inboxId'] === inboxId)).toHaveLength(1);
  });

  it.each(['observe', 'plan'] as const)('of a source in the mode %s records what is told and sets nothing off', async (mode) => {
    const workerId = somebody();
    const { events } = await product.deliver(anEvent({ workerId }));
    const rules = { ...product.operations.rules, modeOf: () => mode };
    await foldEvent({ ...product.operations, rules }, events[0]?.inboxId ?? '');
    expect((await engagementOf(workerId))?.worker.workerId).toBe(workerId);
    expect(await runsOf(workerId)).toEqual([]);
  });

  it('that supersedes a held run takes its question away', async () => {
    const workerId = somebody();
    await tell(anEvent({ workerId }, { occurredAt: at(1) }));
    const [run] = await runsOf(workerId);
    const { holds } = product.registry.stores;
    await holds.add({
      id: `hold-${workerId}`,
      at: 0,
      kind: 'run',
      reference: run?.id ?? '',
      personId: run?.personId ?? null,
      code: 'brake',
      message: 'm',
      approvals: 1,
    });
    await tell(anEvent({ workerId, department: 'Sales' }, { occurredAt: at(2) }));
    expect((await holds.open(1000)).map(({ id }) => id)).not.toContain(`hold-${workerId}`);
  });

  it('says that there is no such event', async () => {
    await expect(foldEvent(product.operations, 'unknown')).rejects.toMatchObject({ code: 'not-found' });
  });
});
