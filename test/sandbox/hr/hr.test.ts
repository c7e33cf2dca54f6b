import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hrState } from '../../../sandbox/hr/hr-state.ts';
import { openWorld } from '../../../sandbox/foundation/open-world.ts';
import { atEnd, eventually, temporaryFolder, temporaryWorld } from '../foundation/temporary-world.ts';
import { anHrClient, aWebhook, aWorker, type Post } from './hr-client.ts';

const posted = (posts: readonly Post[], count: number) => eventually(() => (posts.length >= count ? posts : undefined));

describe("HR's API", () => {
  it('is for callers with the API key', async () => {
    const { call } = await anHrClient(temporaryWorld());
    expect((await call('GET', '/workers', undefined, 'wrong')).status).toBe(401);
    expect((await call('GET', '/workers/10001')).body).toMatchObject({ workerId: '10001', revision: 1, status: 'active', managerId: null });
  });

  it('lists all workers in pages, and those changed since an instant', async () => {
    const world = temporaryWorld();
    const { call } = await anHrClient(world);
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await call('GET', `/workers?limit=17${cursor === '' ? '' : `&cursor=${cursor}`}`);
      ids.push(...body.workers.map((worker) => worker.workerId));
      cursor = body.nextCursor;
    }
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);

    world.clock.setOffset(3_600_000);
    const since = new Date(world.now()).toISOString();
    await call('PATCH', '/workers/10007', { department: 'Sales' });
    expect((await call('GET', `/workers?updatedSince=${since}`)).body.workers).toMatchObject([{ workerId: '10007', department: 'Sales' }]);
  });

  it('names each field that it refuses', async () => {
    const { call } = await anHrClient(temporaryWorld());
    const { status, body } = await call('POST', '/workers', aWorker({ status: 'here', hireDate: '1.12.2026', shoeSize: 43 }));
    expect(status).toBe(400);
    expect(body.error?.message).toMatch(/status: .*hireDate: .*shoeSize/);
    expect((await call('GET', '/workers?limit=0')).status).toBe(400);
    expect((await call('GET', '/workers?cursor=bm9uZQ')).status).toBe(400);
    expect((await call('PATCH', '/workers/99999', {})).status).toBe(404);
  });

  it('changes only the fields that are given, clears with null, and raises the revision only when something changed', async () => {
    const { call } = await anHrClient(temporaryWorld());
    await call('POST', '/workers', aWorker());
    const moved = await call('PATCH', '/workers/10042', {
      name: { family: null },
      location: { code: 'LON' },
      jobTitle: null,
      custom: { badge: 7 },
    });
    expect(moved.body).toMatchObject({
      revision: 2,
      name: { given: 'Zoë', family: null, preferred: 'Zoe' },
      location: { code: 'LON', city: 'Lisbon', country: 'PT' },
      jobTitle: null,
      department: 'Platform',
      custom: { badge: 7 },
    });
    expect((await call('PATCH', '/workers/10042', { jobTitle: null })).body.revision).toBe(2);
    expect((await call('POST', '/workers', aWorker())).status).toBe(409);
  });

  it('keeps the work contact that is written back, also for somebody not in HR yet', async () => {
    const { call } = await anHrClient(temporaryWorld());
    const contact = { email: 'zoe.obrien@contoso.example', userPrincipalName: 'zoe.obrien@contoso.example' };
    expect((await call('GET', '/work-contacts/10042')).status).toBe(404);
    expect((await call('PUT', '/work-contacts/10042', contact)).status).toBe(200);
    expect((await call('GET', '/work-contacts/10042')).body).toEqual({ workerId: '10042', ...contact });
    expect((await call('PUT', '/work-contacts/10042', { email: 'not an address', userPrincipalName: 'x' })).status).toBe(400);
  });
});

describe("HR's events", () => {
  it('tell of a hire in the generic format, signed over the raw body', async () => {
    const world = temporaryWorld();
    const { hr, call } = await anHrClient(world);
    const { url, posts } = await aWebhook();
    hr.setWebhook(url);
    await call('POST', '/workers', aWorker());
    const [post] = await posted(posts, 1);
    expect(post?.event).toMatchObject({ id: 'evt-10042-1', worker: { ...aWorker(), revision: 1 } });
    expect(post?.event.worker.updatedAt).toBeUndefined();
    expect(Math.abs(Date.parse(post?.event.occurredAt ?? '') - world.now())).toBeLessThan(60_000);
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(post?.signature ?? '') ?? [];
    expect(signature).toBe(createHmac('sha256', 'sandbox-hr-secret').update(`${seconds}.${post?.raw}`).digest('hex'));
  });

  it('are posted again after a failure, with the same body, and not after a refusal', async () => {
    const world = temporaryWorld();
    const { hr, call } = await anHrClient(world);
    const { url, posts } = await aWebhook([503, 400]);
    hr.setWebhook(url);
    await call('POST', '/workers', aWorker());
    const [first, second] = await posted(posts, 2);
    expect(second?.raw).toBe(first?.raw);
    const settled = await eventually(() => {
      const { events } = hrState(world) as { events: readonly { state: string; attempts: number }[] };
      return events[0]?.state === 'refused' ? events[0] : undefined;
    });
    expect(settled).toMatchObject({ attempts: 2, result: 'HTTP 400' });
  });

  it('come twice when a fault loses the answer to the first', async () => {
    const world = temporaryWorld();
    const { hr, call } = await anHrClient(world);
    const { url, posts } = await aWebhook();
    hr.setWebhook(url);
    world.faults.add({
      system: 'hr',
      operation: 'events.deliver',
      object: '10042',
      nth: 1,
      times: 1,
      phase: 'after',
      effect: { reset: true },
    });
    await call('POST', '/workers', aWorker());
    const [first, second] = await posted(posts, 2);
    expect(second?.event.id).toBe(first?.event.id);
  });

  it('wait for a webhook address, and survive a restart of HR', async () => {
    const dataDir = temporaryFolder();
    const before = openWorld({ dataDir });
    const { hr, call } = await anHrClient(before);
    await call('POST', '/workers', aWorker());
    await call('PATCH', '/workers/10042', { department: 'Sales' });
    await hr.stop();
    before.close();

    const world = openWorld({ dataDir });
    atEnd(() => world.close());
    const again = await anHrClient(world);
    const { url, posts } = await aWebhook();
    again.hr.setWebhook(url);
    expect((await posted(posts, 2)).map((post) => post.event.id).toSorted()).toEqual(['evt-10042-1', 'evt-10042-2']);
  });
});
