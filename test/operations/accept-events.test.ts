import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptEvents } from '../../shared/operations/accept-events.ts';
import { type PushOnly, pushOnlyProduct, sign } from './push-only.ts';
import { anEvent } from './sample-event.ts';

let product: PushOnly;
beforeAll(async () => {
  product = await pushOnlyProduct();
}, 120_000);
afterAll(() => product.close());

const statuses = async (body: unknown): Promise<readonly string[]> => (await product.deliver(body)).events.map(({ status }) => status);
const rejected = async () => product.registry.stores.inbox.rejected(5);
const waiting = async () => (await product.registry.stores.outbox.unsent(10_000, Number.MAX_SAFE_INTEGER)).length;

describe('The intake', () => {
  it('accepts an event once, whatever the order of its fields; again it is a duplicate', async () => {
    const event = anEvent();
    expect(await statuses(event)).toEqual(['accepted']);
    const { worker, ...rest } = event;
    const shuffled = { worker: Object.fromEntries(Object.entries(worker).toReversed()), ...rest };
    expect(await statuses(shuffled)).toEqual(['duplicate']);
    expect(await statuses({ events: [event] })).toEqual(['duplicate']);
  });

  it('answers the same id with another body as a conflict; the first counts, the second is kept among the rejected', async () => {
    const event = anEvent({ jobTitle: 'Engineer' });
    const { events } = await product.deliver(event);
    expect(await statuses({ ...event, worker: { ...event.worker, jobTitle: 'Director' } })).toEqual(['conflict']);
    expect((await product.registry.stores.inbox.byId(events[0]?.inboxId ?? ''))?.body).toContain('"Engineer"');
    const [kept] = await rejected();
    expect(kept?.reason).toContain(event.id);
    expect(kept?.excerpt).toContain('"Director"');
  });

  it('answers each event of a batch on its own, good and bad, in their order', async () => {
    const [one, other] = [anEvent(), anEvent({ workerId: '10043' })];
    const before = await waiting();
    const { isBatch, events } = await product.deliver({
      events: [one, { id: 'bad' }, other, one, { ...one, occurredAt: '2026-11-21T08:00:01Z' }],
    });
    expect(isBatch).toBe(true);
    expect(events.map(({ id, status }) => [id, status])).toEqual([
      [one.id, 'accepted'],
      ['bad', 'invalid'],
      [other.id, 'accepted'],
      [one.id, 'duplicate'],
      [one.id, 'conflict'],
    ]);
    expect(await waiting()).toBe(before + 2);
    const rows = await Promise.all([0, 2].map((index) => product.registry.stores.inbox.byId(events[index]?.inboxId ?? '')));
    expect(rows[0]?.batchId).toBe(rows[1]?.batchId);
    expect(rows[0]?.batchId).not.toBeNull();
  });

  it('keeps what it refuses, with every reason and the start of what was sent', async () => {
    const { events } = await product.deliver({ id: 'evt-bad', occurredAt: 'never', worker: { workerId: '1', name: 'Zoë' } });
    expect(events[0]?.problems?.length).toBeGreaterThan(4);
    const [kept] = await rejected();
    expect(kept?.reason).toContain('occurredAt must be an instant');
    expect(kept?.reason).toContain('worker.status');
    expect(kept?.excerpt).toContain('"evt-bad"');
  });

  it.each([
    ['{"id":', 'not JSON'],
    ['', 'not JSON'],
    [Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), 'not JSON'],
  ])('refuses what is no JSON, says so and keeps it: %s', async (body, problem) => {
    await expect(product.deliver(body)).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringContaining(problem) });
    expect((await rejected())[0]?.reason).toContain(problem);
  });

  it('refuses bytes that are no UTF-8 instead of guessing at a name', async () => {
    const rawBody = Buffer.from(JSON.stringify(anEvent({ name: { given: 'Zoë' } })), 'latin1');
    const delivery = { source: 'generic', signature: sign(rawBody, product.time.now), rawBody };
    await expect(acceptEvents(product.intake, delivery)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('UTF-8'),
    });
  });

  it('takes a thousand events at once, and none of a batch of more or of none', async () => {
    const batch = (count: number) => Array.from({ length: count }, () => anEvent({}, {}));
    const thousand = batch(1000).map((event) => ({
      ...event,
      worker: { workerId: '1', status: 'active', workerType: 'intern', name: { given: 'A' }, hireDate: '2026-12-01' },
    }));
    expect(new Set(await statuses({ events: thousand }))).toEqual(new Set(['accepted']));
    const before = await waiting();
    for (const [count, problem] of [
      [1001, 'this one has 1001'],
      [0, 'this one has 0'],
    ] as const) {
      await expect(product.deliver({ events: batch(count) })).rejects.toMatchObject({
        code: 'input-invalid',
        message: expect.stringContaining(problem),
      });
    }
    expect(await waiting()).toBe(before);
  });

  it('refuses a body of more than two million bytes before it looks into it', async () => {
    const rawBody = Buffer.alloc(2_000_001, ' ');
    await expect(acceptEvents(product.intake, { source: 'generic', signature: 'x', rawBody })).rejects.toMatchObject({
      code: 'body-too-large',
      message: expect.stringContaining('2000001 bytes'),
    });
    const fits = Buffer.alloc(2_000_000, ' ');
    fits.write(JSON.stringify(anEvent()));
    expect(
      (await acceptEvents(product.intake, { source: 'generic', signature: sign(fits, product.time.now), rawBody: fits })).events[0]?.status,
    ).toBe('accepted');
  });

  it('takes nothing that is not signed, keeps none of it, and knows only its own sources', async () => {
    const rawBody = Buffer.from(JSON.stringify(anEvent()));
    const [before] = await rejected();
    await expect(
      acceptEvents(product.intake, { source: 'generic', signature: sign(rawBody, product.time.now, 'guess'), rawBody }),
    ).rejects.toMatchObject({ code: 'signature-invalid' });
    await expect(acceptEvents(product.intake, { source: 'generic', signature: undefined, rawBody })).rejects.toMatchObject({
      code: 'signature-invalid',
    });
    await expect(
      acceptEvents(product.intake, { source: 'other', signature: sign(rawBody, product.time.now), rawBody }),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect((await rejected())[0]).toEqual(before);
  });

  it('does not let whoever leaves wait behind those who come', async () => {
    const events = [
      anEvent(),
      anEvent({ status: 'terminated' }),
      anEvent({ status: 'rescinded' }),
      anEvent({ accessEnds: '2026-11-21T17:00:00Z' }),
    ];
    const answers = (await product.deliver({ events })).events;
    const rows = await Promise.all(answers.map(({ inboxId }) => product.registry.stores.outbox.byInbox([inboxId ?? ''])));
    expect(rows.map(([row]) => row?.topic)).toEqual(['lifecycle-events', 'lifecycle-urgent', 'lifecycle-urgent', 'lifecycle-urgent']);
  });

  it('accepts text of every script, and warns of fields that it does not know', async () => {
    const { events } = await product.deliver({
      ...anEvent({ name: { given: '李小龙', family: "O'Ñandú 👩‍💻" }, custom: { note: '</script>' } }),
      extra: true,
    });
    expect(events[0]).toMatchObject({ status: 'accepted', warnings: [{ field: 'extra' }] });
    const body = JSON.parse((await product.registry.stores.inbox.byId(events[0]?.inboxId ?? ''))?.body ?? '');
    expect(body.worker.name).toEqual({ given: '李小龙', family: "O'Ñandú 👩‍💻" });
  });
});
