import { describe, expect, it } from 'vitest';
import { hrState } from '../../../sandbox/hr/hr-state.ts';
import { temporaryWorld } from '../foundation/temporary-world.ts';
import { anHrClient, aWorker } from './hr-client.ts';

type Queued = { readonly event: { readonly id?: string; readonly events?: readonly { readonly id: string; readonly worker: object }[] } };

function queued(world: Parameters<typeof hrState>[0]): readonly Queued[] {
  return (hrState(world) as { readonly events: readonly Queued[] }).events;
}

const many = (count: number) => Array.from({ length: count }, (_, index) => aWorker({ workerId: String(40_000 + index) }));

describe('many workers at once', () => {
  it('are entered in one call, told of one by one, in batches of up to 1,000, or not at all', async () => {
    const world = temporaryWorld();
    const { call } = await anHrClient(world);
    expect((await call('POST', '/workers/bulk', { workers: many(1500), events: 'batch' })).body).toEqual({ created: 1500 });
    expect(queued(world).map(({ event }) => event.events?.length)).toEqual([1000, 500]);
    expect((await call('GET', '/workers/41499')).body).toMatchObject({ revision: 1, status: 'active' });
    expect((await call('POST', '/workers/bulk', { workers: [aWorker()] })).body).toEqual({ created: 1 });
    expect(queued(world).at(-1)?.event.id).toBe('evt-10042-1');
    expect((await call('POST', '/workers/bulk', { workers: [aWorker({ workerId: '50000' })], events: 'none' })).status).toBe(201);
    expect(queued(world)).toHaveLength(3);
  });

  it('are entered all or nobody', async () => {
    const world = temporaryWorld();
    const { call } = await anHrClient(world);
    const refused = await call('POST', '/workers/bulk', { workers: [aWorker(), aWorker({ workerId: '10001' })] });
    expect([refused.status, refused.body.error?.message]).toEqual([409, expect.stringContaining('10001')]);
    expect((await call('POST', '/workers/bulk', { workers: [aWorker(), aWorker()] })).status).toBe(409);
    expect((await call('GET', '/workers/10042')).status).toBe(404);
  });

  it('are terminated by one post that holds all events, the named ones or so many of those who are active', async () => {
    const world = temporaryWorld(() => Date.parse('2026-11-21T08:00:00Z'));
    const { call } = await anHrClient(world);
    expect((await call('POST', '/mass-termination', { workerIds: ['10020', '10021'], lastDay: '2026-11-30' })).body).toEqual({
      terminated: ['10020', '10021'],
    });
    const half = (await call('POST', '/mass-termination', { count: 30 })).body as unknown as { readonly terminated: readonly string[] };
    expect(half.terminated).toHaveLength(30);
    expect(half.terminated).not.toContain('10001');
    expect(half.terminated).not.toContain('10020');
    const [first, second] = queued(world);
    expect(first?.event.events).toMatchObject([
      { id: 'evt-10020-2', worker: { status: 'terminated', lastDay: '2026-11-30' } },
      { id: 'evt-10021-2', worker: { status: 'terminated' } },
    ]);
    expect(second?.event.events).toHaveLength(30);
    expect((await call('GET', '/workers/10002')).body).toMatchObject({ revision: 2, status: 'terminated', lastDay: '2026-11-21' });
    expect((await call('POST', '/mass-termination', { workerIds: ['20019', '99999'] })).status).toBe(404);
    expect((await call('GET', '/workers/20019')).body).toMatchObject({ revision: 1, status: 'active' });
    expect((await call('POST', '/mass-termination', {})).status).toBe(400);
  });
});

describe("a worker's end", () => {
  it('is announced, withdrawn, made final and followed by a new hire, each a revision of its own that is told', async () => {
    const world = temporaryWorld();
    const { call } = await anHrClient(world);
    const patch = async (change: object) => (await call('PATCH', '/workers/10030', change)).body.revision;
    expect(await patch({ lastDay: '2026-12-31' })).toBe(2);
    expect(await patch({ lastDay: null })).toBe(3);
    expect(await patch({ status: 'terminated', lastDay: '2026-11-30', terminationKind: 'voluntary' })).toBe(4);
    expect(await patch({ status: 'active', hireDate: '2027-02-01', lastDay: null, terminationKind: null, engagementId: 'second' })).toBe(5);
    await call('POST', '/workers', aWorker({ status: 'prehire' }));
    expect((await call('PATCH', '/workers/10042', { status: 'rescinded' })).body.revision).toBe(2);
    expect(queued(world).map(({ event }) => event.id)).toEqual([
      'evt-10030-2',
      'evt-10030-3',
      'evt-10030-4',
      'evt-10030-5',
      'evt-10042-1',
      'evt-10042-2',
    ]);
  });
});
