import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyOf } from '../../sandbox/company/company-of.ts';
import type { Grantable } from '../../shared/domain/change.ts';
import { lookForTenantEdge } from '../../shared/gate/look-for-tenant-edge.ts';
import type { Writers } from '../../shared/ports/writers/writers.ts';
import { deleting, linking, purging } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

const signal = AbortSignal.timeout(60_000);
let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso();
});
afterAll(() => contoso.stop());

const worker = (id: string) => required(companyOf(contoso.sandbox.world).withAccounts.find(({ workerId }) => workerId === id)).entraId;
const entra = () => contoso.targets.entra;
const nowhere = '00000000-0000-4000-8000-00000000ffff';

type EdgeWriters = 'ownerships' | 'sponsors' | 'teams' | 'units' | 'accessPackages' | 'devices';
type Sample = { readonly relation: Grantable; readonly writer: EdgeWriters; readonly write: string; readonly other: () => string };

const samples: readonly Sample[] = [
  { relation: 'owner', writer: 'ownerships', write: 'groups.addOwner', other: () => 'a1000000-0000-4000-8000-000000000004' },
  { relation: 'sponsor', writer: 'sponsors', write: 'users.addSponsor', other: () => worker('10001') },
  { relation: 'team', writer: 'teams', write: 'teams.addMember', other: () => 'a1000000-0000-4000-8000-000000000005' },
  { relation: 'unit', writer: 'units', write: 'units.addMember', other: () => 'fc000000-0000-4000-8000-000000000002' },
];

describe.each(samples)('the edge $relation in entra', ({ relation, writer, write, other }) => {
  const account = () => worker('20003');
  const set = (does: 'link' | 'unlink', to = other()) =>
    required(entra().writes[writer as keyof Writers] as Writers[EdgeWriters]).setEdge(linking(relation, does, account(), to), signal);
  const isThere = (does: 'link' | 'unlink' = 'link') => lookForTenantEdge(entra(), linking(relation, does, account(), other()), signal);

  it('is made and ended, each seen, and one that is so already is accepted', async () => {
    expect(await isThere()).toBe(false);
    for (const does of ['link', 'link', 'unlink', 'unlink'] as const) {
      expect(await set(does)).toMatchObject({ is: 'accepted', id: account() });
      expect(await isThere()).toBe(does === 'link');
    }
  });

  it('is lost when its answer is, and shown to have landed', async () => {
    nextCallFails(contoso, 'graph', write, { phase: 'after', effect: { reset: true } });
    expect(await set('link')).toMatchObject({ is: 'lost' });
    expect(await isThere()).toBe(true);
    await set('unlink');
  });

  it('asks to come again when throttled, after the time that was named', async () => {
    nextCallFails(contoso, 'graph', write, { phase: 'before', effect: { status: 429, retryAfter: 0.128 } });
    expect(await set('link')).toMatchObject({ is: 'later', retryAfterMs: 128, problem: { code: 'target-throttled' } });
    expect(await isThere()).toBe(false);
  });

  it('with what is not there is refused in the words of Graph', async () => {
    expect(await set('link', nowhere)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });
});

describe('owners of groups in entra', () => {
  const head = () => worker('10003');

  it('are shown with all that they own', async () => {
    const reads = required(entra().reads.ownerships);
    const owner = (await reads.ownersOf('a1000000-0000-4000-8000-000000000004', signal))[0] ?? '';
    expect(await reads.ownedBy(owner, signal)).toEqual([{ id: 'a1000000-0000-4000-8000-000000000004', name: 'Sales Team', type: 'group' }]);
    expect(await reads.ownedBy(worker('20003'), signal)).toEqual([]);
    expect(head()).toMatch(/^e1/);
  });

  it('are never taken from a group whose last one they are', async () => {
    const group = 'a1000000-0000-4000-8000-000000000004';
    const owner = (await required(entra().reads.ownerships).ownersOf(group, signal))[0] ?? '';
    const answer = await required(entra().writes.ownerships).setEdge(linking('owner', 'unlink', owner, group), signal);
    expect(answer).toMatchObject({ is: 'refused', problem: { message: expect.stringContaining('at least one owner') } });
  });
});

describe('devices in entra', () => {
  const account = () => worker('10028');
  const devices = () => required(entra().reads.devices).devicesOf(account(), signal);
  const device = async (kind: string) => required((await devices()).find((one) => one.kind === kind)).id;
  const set = (does: 'link' | 'unlink', id: string) =>
    required(entra().writes.devices).setEdge(linking('device', does, account(), id), signal);

  it('are told apart by whose they are', async () => {
    const kinds = (await devices()).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['company', 'hybrid', 'personal']);
    expect(await required(entra().reads.devices).usersOf(await device('company'), signal)).toEqual([account()]);
  });

  it('of the company are disabled and can be given back', async () => {
    const id = await device('company');
    for (const does of ['unlink', 'unlink', 'link'] as const) {
      expect(await set(does, id)).toMatchObject({ is: 'accepted', id: account() });
      expect((await devices()).find((one) => one.id === id)?.enabled).toBe(does === 'link');
    }
  });

  it('of their own are removed, and removed already is accepted', async () => {
    const id = await device('personal');
    nextCallFails(contoso, 'graph', 'devices.delete', { phase: 'after', effect: { reset: true } });
    expect(await set('unlink', id)).toMatchObject({ is: 'lost' });
    expect((await devices()).map(({ kind }) => kind)).not.toContain('personal');
    expect(await set('unlink', id)).toMatchObject({ is: 'accepted' });
    expect(await set('link', id)).toMatchObject({ is: 'refused' });
  });

  it('that a domain masters are refused, with the way out', async () => {
    expect(await set('unlink', await device('hybrid'))).toMatchObject({
      is: 'refused',
      problem: { message: expect.stringContaining('Active Directory') },
    });
  });

  it('are not touched while it cannot be read whose they are', async () => {
    nextCallFails(contoso, 'graph', 'users.ownedDevices', { phase: 'before', effect: { status: 403 } });
    expect(await set('unlink', await Promise.resolve('f0000000-0000-4000-8000-000000000000'))).toMatchObject({ is: 'later' });
  });
});

describe('access packages in entra', () => {
  const account = () => worker('20003');
  const sales = 'fa000000-0000-4000-8000-000000000001/fb000000-0000-4000-8000-000000000001';
  const held = () => required(entra().reads.accessPackages).accessPackagesOf(account(), signal);
  const set = (does: 'link' | 'unlink', other: string) =>
    required(entra().writes.accessPackages).setEdge(linking('access-package', does, account(), other), signal);
  const later = () => contoso.sandbox.world.clock.setOffset(contoso.sandbox.world.now() - Date.now() + 4_000);

  it('are asked for, and there only when they were delivered; being delivered already is accepted', async () => {
    expect(await set('link', sales)).toMatchObject({ is: 'accepted' });
    expect(await held()).toMatchObject([{ name: 'Sales Tools', grants: sales, delivered: false }]);
    expect(await lookForTenantEdge(entra(), linking('access-package', 'link', account(), sales), signal)).toBe(false);
    expect(await set('link', sales)).toMatchObject({ is: 'accepted' });
    later();
    expect(await lookForTenantEdge(entra(), linking('access-package', 'link', account(), sales), signal)).toBe(true);
  });

  it('are taken away by the assignment, and gone only when that has ended', async () => {
    const [{ id } = { id: '' }] = await held();
    const isThere = () => lookForTenantEdge(entra(), linking('access-package', 'unlink', account(), id), signal);
    expect(await set('unlink', id)).toMatchObject({ is: 'accepted' });
    expect(await isThere()).toBe(true);
    later();
    expect(await isThere()).toBe(false);
    expect(await set('unlink', id)).toMatchObject({ is: 'accepted' });
  });

  it('under a policy that there is not are refused', async () => {
    const answer = await set('link', `fa000000-0000-4000-8000-000000000001/${nowhere}`);
    expect(answer).toMatchObject({ is: 'refused', problem: { systemCode: 'ResourceNotFound' } });
  });
});

describe('deleted accounts in entra', () => {
  const purge = (id: string) => required(entra().writes.deleted).purge(purging(id), signal);
  const isKept = (id: string) => required(entra().reads.accounts).isRestorable(id, signal);

  it('are erased for good; erased already is accepted, and one that is not deleted is refused', async () => {
    const id = worker('20006');
    expect(await purge(id)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
    expect(await required(entra().writes.accounts).delete(deleting(id), signal)).toMatchObject({ is: 'accepted' });
    expect(await isKept(id)).toBe(true);
    nextCallFails(contoso, 'graph', 'deletedItems.delete', { phase: 'after', effect: { reset: true } });
    expect(await purge(id)).toMatchObject({ is: 'lost' });
    expect(await isKept(id)).toBe(false);
    expect(await purge(id)).toMatchObject({ is: 'accepted', id });
  });
});
