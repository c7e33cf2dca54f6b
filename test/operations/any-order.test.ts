import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HrEvent } from '../../shared/domain/hr-event.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import { foldEvent } from '../../shared/operations/fold-event.ts';
import { sized } from '../support/full-size.ts';
import { lifecycleWorkflows } from './lifecycle-workflows.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';

let product: PushOnly;
let people = 0;
beforeAll(async () => {
  product = await pushOnlyProduct(lifecycleWorkflows);
}, 120_000);
afterAll(() => product.close());

/** An event of a person; `engagement` says under which of their worker ids. */
type Told = { readonly engagement: 'a' | 'b'; readonly worker: Partial<Worker>; readonly event: Partial<HrEvent> };

const changes: fc.Arbitrary<Partial<Worker>> = fc.record(
  {
    status: fc.constantFrom('prehire', 'active', 'active', 'leave', 'terminated', 'rescinded'),
    workerType: fc.constantFrom('employee', 'contractor'),
    hireDate: fc.constantFrom('2020-01-01', '2026-12-01', '2027-03-01'),
    lastDay: fc.constantFrom(null, '2026-11-20', '2026-11-30', '2027-06-30'),
    accessEnds: fc.constantFrom(null, '2026-11-21T10:00:00Z', '2026-12-24T17:00:00Z'),
    terminationKind: fc.constantFrom(null, 'immediate'),
    name: fc.constantFrom({ given: 'Ana', family: 'Sousa' }, { given: 'Ana', family: 'Sousa' }, { given: 'Bo', family: 'Ek' }),
    department: fc.constantFrom('Platform', 'Sales', null),
    timeZone: fc.constantFrom('Asia/Tokyo', 'America/New_York'),
  },
  { requiredKeys: ['status', 'workerType', 'hireDate', 'name'] },
);
const when: fc.Arbitrary<Partial<HrEvent>> = fc.record(
  {
    effectiveFrom: fc.constantFrom('2026-11-01', '2026-12-15', '2026-11-22T09:00:00Z'),
    revision: fc.constantFrom(1, 2, 3),
  },
  { requiredKeys: [] },
);
const told: fc.Arbitrary<Told> = fc.record({ engagement: fc.constantFrom('a', 'a', 'b'), worker: changes, event: when });
const stories = fc.array(told, { minLength: 2, maxLength: 3 }).chain((story) => {
  const all = story.map((_, index) => index);
  const deliveries = fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 });
  return fc.record({ story: fc.constant(story), orders: fc.array(deliveries, { minLength: 3, maxLength: 3 }) });
});

/** Tells a new person's story in this order, and answers all that is known and due at its end, by the events' places in the story. */
async function tellIn(order: readonly number[], story: readonly Told[]): Promise<unknown> {
  people += 1;
  const key = `p${people}`;
  const inOrder = new Set(order);
  const taken = await product.registry.stores.inbox.take(
    [...inOrder].map((index) => {
      const { engagement, worker, event } = story[index] ?? { engagement: 'a', worker: {}, event: {} };
      const workerId = `${key}-${engagement}`;
      const occurredAt = `2026-11-21T08:0${index}:00Z`;
      const body = JSON.stringify({ id: `${key}-${index}`, occurredAt, ...event, worker: { ...worker, workerId, personKey: key } });
      const at = { occurredAt: Date.parse(occurredAt), receivedAt: product.time.now };
      return { source: 'generic', eventId: `${key}-${index}`, bodyHash: body, batchId: null, workerId, urgent: false, body, ...at };
    }),
  );
  const inboxIds = new Map([...inOrder].map((index, place) => [index, taken[place]?.inboxId ?? '']));
  for (const index of order) await foldEvent(product.operations, inboxIds.get(index) ?? '');
  return end(key, inboxIds);
}

async function end(key: string, inboxIds: ReadonlyMap<number, string>): Promise<unknown> {
  const { people: store, runs, holds } = product.registry.stores;
  const personId = (await store.ownerOf('generic', `${key}-a`)) ?? (await store.ownerOf('generic', `${key}-b`)) ?? '';
  const person = await store.byId(personId);
  const engagements = (await store.engagements(personId)).map(({ workerId, worker, eventId, revision }) => ({
    workerId,
    worker,
    eventId,
    revision,
  }));
  const due = (await runs.unfinishedOf(personId)).map(
    ({ trigger, workflow, dueAt, state }) => `${trigger} ${workflow} ${state} ${new Date(dueAt).toISOString()}`,
  );
  const held: string[] = [];
  for (const [index, inboxId] of inboxIds) held.push(...(await holds.openAbout(inboxId)).map(({ code }) => `${index} ${code}`));
  const { standing, endsAt, reconsiderAt, displayName } = person ?? {};
  const found = { standing, endsAt, reconsiderAt, displayName, engagements, due: due.toSorted(), held: held.toSorted() };
  return JSON.parse(JSON.stringify(found).replaceAll(key, 'p'));
}

describe("A person's events, in whatever order and however often they come,", () => {
  it('end in the same engagements, standing, end of access, holds and due runs', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ story, orders }) => {
        const asTold = await tellIn(
          story.map((_, index) => index),
          story,
        );
        for (const order of orders) expect(await tellIn(order, story)).toEqual(asTold);
      }),
      { numRuns: sized(60, 250), endOnFailure: true },
    );
  }, 120_000);
});
