import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { company } from '../../../sandbox/company/company.ts';
import { claimRun } from '../../../shared/operations/claim-run.ts';
import { parkRun } from '../../../shared/operations/park-run.ts';
import { performStep } from '../../../shared/operations/perform-step.ts';
import { carryOutRunsOf } from '../../support/carry-out.ts';
import { followAll } from '../../../shared/operations/graph-notices/follow-all.ts';
import { judgeMembers } from '../../../shared/operations/graph-notices/judge-members.ts';
import { judgeUsers } from '../../../shared/operations/graph-notices/judge-users.ts';
import type { GraphNoticeDeps } from '../../../shared/operations/graph-notices/graph-notice-deps.ts';
import { type ProductOnSandbox, startProductOnSandbox } from '../../support/product-on-sandbox.ts';
import { until } from '../../support/product.ts';
import { type GraphAdmin, graphAdmin } from './graph-admin.ts';

const target = 'entra:contoso';
const platformTeam = 'a1000000-0000-4000-8000-000000000003';
const privilegedOperators = 'a1000000-0000-4000-8000-00000000000e';
const entraIdOf = (workerId: string): string => company.find((one) => one.workerId === workerId)?.entraId ?? '';

const about = z.object({ object: z.string(), group: z.string().nullable() });

let on: ProductOnSandbox;
let admin: GraphAdmin;
/** Who was looked after, and whether that fails. */
let reopened: string[];
let isFailing: boolean;
let deps: GraphNoticeDeps;
beforeAll(async () => {
  on = await startProductOnSandbox();
  admin = graphAdmin(on.sandbox);
  deps = {
    ...on.product.graphNotices,
    onReopened: (personId) => {
      if (isFailing) return Promise.reject(new Error('not now'));
      reopened.push(personId);
      return Promise.resolve();
    },
  };
}, 120_000);
afterAll(() => on.stop());
beforeEach(() => {
  reopened = [];
  isFailing = false;
});

const stores = () => on.operations.registry.stores;
const personOf = async (workerId: string): Promise<string> => (await stores().people.ownerOf('generic', workerId)) ?? '';
let read = 0;
/** What was found to have been done by others since this was asked last, as the audit has it. */
async function news(): Promise<readonly string[]> {
  const rows = await stores().audit.list({ after: read, limit: 1000 });
  read = rows.at(-1)?.sequence ?? read;
  const ours = rows.filter(({ action }) => action.startsWith('notice.'));
  return ours.map(({ action, detail }) => {
    const { object, group } = about.parse(detail);
    return [action.slice('notice.'.length), object, ...(group === null ? [] : [group])].join(' ');
  });
}
async function follow(): Promise<readonly string[]> {
  await followAll(deps);
  return news();
}
const groupHolding = async (workerId: string, group: string) =>
  (await stores().holdings.of(await personOf(workerId))).find(({ object }) => object === group)?.reasons.map(({ kind }) => kind);
const leave = async (workerId: string): Promise<void> => {
  const personId = await personOf(workerId);
  const left = { standing: 'left', endsAt: on.operations.clock.now() - 1, reconsiderAt: null } as const;
  await on.operations.registry.transaction((inside) => inside.people.setStanding(personId, left));
};

describe('The first reading of a tenant', () => {
  it('makes everybody and every membership known, and is news of nothing', async () => {
    expect(await follow()).toEqual([]);
    const seen = await stores().graphDoor.seenUsers(
      target,
      company.map(({ entraId }) => entraId ?? ''),
    );
    expect(seen.length).toBe(company.filter(({ entraId }) => entraId !== null).length);
    expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['enabled']));
    expect((await stores().graphDoor.membersSeen(target, platformTeam)).length).toBeGreaterThan(3);
    const cursors = await stores().graphDoor.cursors();
    expect(cursors.map(({ resource, isKnown, isFull, endedAt }) => [resource, isKnown, isFull, endedAt === null])).toEqual([
      ['groups', true, false, false],
      ['users', true, false, false],
    ]);
  });
});

describe('What Gatehouse did itself', () => {
  it('is recognised, whether it wrote to the tenant or the sync carried it over, when the changes are read late, twice, and from the beginning', async () => {
    const cloud = { workerId: '91001', name: { given: 'Own', family: 'Cloud' } };
    const hybrid = { workerId: '91002', workerType: 'employee', name: { given: 'Own', family: 'Hybrid' }, department: 'Sales' } as const;
    const hireDate = new Date(on.operations.clock.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    // Made disabled, and seen so, before they are enabled.
    for (const worker of [cloud, hybrid]) expect((await on.hire({ ...worker, hireDate })).ends).toEqual(['parked']);
    expect(await follow()).toEqual([]);
    expect((await on.about('91002')).users[0]?.accountEnabled).toBe(false);
    for (const worker of [cloud, hybrid]) expect((await on.hire(worker)).ends).toEqual(['done']);
    expect(await follow()).toEqual([]);
    await admin.replay('users', 50);
    await admin.replay('groups', 20);
    expect(await follow()).toEqual([]);
    await admin.resync('users');
    await admin.resync('groups');
    expect(await follow()).toEqual([]);
    const [user] = (await on.about('91002')).users;
    expect(await stores().graphDoor.seenUsers(target, [user?.id ?? ''])).toEqual([{ id: user?.id, state: 'enabled' }]);
  }, 60_000);
});

describe('What somebody else did', () => {
  it('to an account by hand is said once, however often the tenant tells of it', async () => {
    const id = entraIdOf('20005');
    await admin.enable(id, false);
    expect(await follow()).toEqual([`account-disabled ${id}`]);
    await admin.replay('users', 10);
    expect(await follow()).toEqual([]);
    await admin.enable(id, true);
    expect(await follow()).toEqual([`account-enabled ${id}`]);
    expect(reopened).toEqual([]);
  });

  it('is held against how it is now: an older state that comes again, and what was undone meanwhile, is no news', async () => {
    const id = entraIdOf('20006');
    await admin.enable(id, false);
    await admin.enable(id, true);
    expect(await follow()).toEqual([]);
    const judging = { target, isKnown: true, signal: AbortSignal.timeout(10_000) };
    for (const older of [
      { isDeleted: false, enabled: false },
      { isDeleted: true, enabled: undefined },
    ])
      expect(await judgeUsers(deps, judging, [{ id, anchor: undefined, ...older }])).toEqual({
        users: [{ id, state: 'enabled' }],
        members: [],
        found: [],
      });
    const [group = ''] = (await on.about('20006')).users.flatMap(({ groups }) => groups);
    expect(await judgeMembers(deps, judging, [{ id: group, isDeleted: false, added: [], removed: [id] }])).toEqual({
      users: [],
      members: [{ group, member: id, isMember: true }],
      found: [],
    });
  });

  it('for somebody who has left has them looked after, and again until that comes off', async () => {
    const id = entraIdOf('20007');
    await admin.enable(id, false);
    await follow();
    await leave('20007');
    isFailing = true;
    await admin.enable(id, true);
    expect(await follow()).toEqual([`account-enabled ${id}`]);
    expect(reopened).toEqual([]);
    isFailing = false;
    expect(await follow()).toEqual([]);
    expect(reopened).toEqual([await personOf('20007')]);
    await follow();
    expect(reopened).toHaveLength(1);
  });

  it('in a group becomes a holding by hand, and ends with the membership', async () => {
    const id = entraIdOf('20008');
    expect(await groupHolding('20008', platformTeam)).toBeUndefined();
    await admin.addMember(platformTeam, id);
    expect(await follow()).toEqual([`member-added ${id} ${platformTeam}`]);
    expect(await groupHolding('20008', platformTeam)).toEqual(['manual']);
    expect(reopened).toEqual([]);
    await admin.removeMember(platformTeam, id);
    expect(await follow()).toEqual([`member-removed ${id} ${platformTeam}`]);
    expect(await groupHolding('20008', platformTeam)).toBeUndefined();
  });

  it('that gives a group to somebody who is locked has them looked after', async () => {
    const personId = await personOf('20009');
    const now = on.operations.clock.now();
    await on.operations.registry.transaction((inside) =>
      inside.locks.place({ personId, owner: 'security', reason: 'test', placedBy: 'test', since: now }),
    );
    await admin.addMember(privilegedOperators, entraIdOf('20009'));
    expect(await follow()).toEqual([`member-added ${entraIdOf('20009')} ${privilegedOperators}`]);
    expect(reopened).toEqual([personId]);
  });

  it('by deleting an account is held for a person to decide, with whose it was', async () => {
    const id = entraIdOf('20010');
    await admin.deleteUser(id);
    const found = await follow();
    expect(found.filter((one) => one.startsWith('account'))).toEqual([`account-deleted ${id}`]);
    const hold = (await stores().holds.open(100)).find(({ reference }) => reference === `${target}/${id}`);
    expect(hold).toMatchObject({ kind: 'change', code: 'account-deleted-by-hand', personId: await personOf('20010') });
    expect(hold?.message).toContain((await stores().people.byId(await personOf('20010')))?.displayName);
    // That the account is in no group any more follows from it, and is not said of each group.
    expect(found).toHaveLength(1);
  });

  it('is found once when two workers look at the same time', async () => {
    const id = entraIdOf('20011');
    await admin.enable(id, false);
    await Promise.all([followAll(deps), followAll(deps), followAll(deps)]);
    expect(await news()).toEqual([`account-disabled ${id}`]);
  });
});

describe('An account that the sync makes', () => {
  it('wakes the run that waits for it, and is news of that person alone', async () => {
    on.sandbox.world.changeSettings({ cloudSync: { paused: true } });
    const personId = await on.tell({
      workerId: '91003',
      workerType: 'employee',
      name: { given: 'Late', family: 'Sync' },
      department: 'Sales',
    });
    const run = await parkedAtSync(personId);
    expect(await follow()).toEqual([]);
    expect((await stores().runs.byId(run))?.dueAt).toBeGreaterThan(on.operations.clock.now());
    on.sandbox.world.changeSettings({ cloudSync: { paused: false } });
    await until('the sync has made the user', async () => (await on.about('91003')).users.length === 1);
    const [user] = (await on.about('91003')).users;
    expect(await followAll(deps)).toEqual([personId]);
    expect(await news()).toEqual([`synced-account-appeared ${user?.id}`]);
    expect((await stores().runs.byId(run))?.dueAt).toBeLessThanOrEqual(on.operations.clock.now());
    await carryOutRunsOf(on.operations, personId);
    expect(await follow()).toEqual([]);
  });

  /** Begins the person's run, takes it as far as the wait for the sync, and puts it away for a day. */
  async function parkedAtSync(personId: string): Promise<string> {
    const [planned] = await stores().runs.list({ personId, limit: 1 });
    const run = await on.operations.registry.transaction((inside) => inside.runs.beginStart(planned?.id ?? '', on.operations.clock.now()));
    const input = { runId: run?.id ?? '', attempt: run?.attempt ?? 0 };
    const claim = await claimRun(on.operations, input);
    for (const stepId of claim.is === 'claimed' ? claim.stages.flat() : []) {
      let answer = await performStep(on.operations, { ...input, stepId });
      for (let again = 0; answer.is === 'again' && again < 3; again += 1) answer = await performStep(on.operations, { ...input, stepId });
      if (answer.is === 'again') break;
    }
    await parkRun(on.operations, { ...input, dueAt: on.operations.clock.now() + 86_400_000, note: 'waits for the sync' });
    return input.runId;
  }
});

describe('A link into the changes that leads nowhere any more', () => {
  it('is given up for a reading from the beginning, which finds what was missed', async () => {
    await admin.enable(entraIdOf('20012'), false);
    await admin.deleteUser(entraIdOf('20013'));
    await admin.addMember(platformTeam, entraIdOf('20014'));
    await admin.removeMember('a1000000-0000-4000-8000-000000000002', entraIdOf('20015'));
    await admin.resync('users');
    await admin.resync('groups');
    expect((await follow()).toSorted()).toEqual(
      [
        `account-disabled ${entraIdOf('20012')}`,
        `account-deleted ${entraIdOf('20013')}`,
        `member-added ${entraIdOf('20014')} ${platformTeam}`,
        `member-removed ${entraIdOf('20015')} a1000000-0000-4000-8000-000000000002`,
      ].toSorted(),
    );
    expect(await follow()).toEqual([]);
  });

  it('is given up too when it is more than seven days old', async () => {
    const before = await stores().graphDoor.cursors();
    await admin.enable(entraIdOf('20016'), false);
    await fetch(`${on.sandbox.urls.control}/clock`, { method: 'POST', body: JSON.stringify({ advance: 'P8D' }) });
    const now = Date.now();
    await until('the product knows the time', () => Promise.resolve(on.operations.clock.now() - now > 7 * 86_400_000));
    expect(await follow()).toEqual([`account-disabled ${entraIdOf('20016')}`]);
    const rounds = (cursors: typeof before) => cursors.map(({ round }) => round);
    expect(rounds(await stores().graphDoor.cursors())).toEqual(rounds(before).map((round) => round + 1));
  });
});
