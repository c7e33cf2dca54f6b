import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Worker } from '../../shared/domain/worker.ts';
import { lifecycleWorkflows } from './lifecycle-workflows.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';
import { joined, type Somebody } from './somebody.ts';

let product: PushOnly;
beforeAll(async () => {
  product = await pushOnlyProduct(lifecycleWorkflows);
}, 120_000);
afterAll(() => product.close());

/** What HR may say of somebody who has joined: the whole record as it is then, and how they stand by it. */
const events = {
  moved: { department: 'Sales' },
  renamed: { name: { given: 'Zoë', family: 'Ek' } },
  'on leave': { status: 'leave' },
  'leaving in December': { lastDay: '2026-12-15' },
  'leaving at once': { status: 'terminated', terminationKind: 'immediate' },
  rescinded: { status: 'rescinded' },
  'back as before': {},
  'hired again': { hireDate: '2026-11-25' },
} as const satisfies Readonly<Record<string, Partial<Worker>>>;
const whole = { terminationKind: null, accessEnds: null };
type Name = keyof typeof events;

const names = Object.keys(events).filter((name): name is Name => name in events);
const pairs = names.flatMap((first) => names.filter((second) => second !== first).map((second) => [first, second] as const));

/** What must hold whenever nothing is under way for somebody: no more and no less is planned than how they stand calls for. */
async function expectSettled(somebody: Somebody, by: Name): Promise<void> {
  const { registry } = product;
  const [standing, owners] = [await somebody.standing(), await somebody.owners()];
  const open = await registry.stores.runs.unfinishedOf(somebody.personId);
  const person = await registry.stores.people.byId(somebody.personId);
  expect(open.filter(({ epoch }) => epoch !== person?.epoch)).toEqual([]);
  const isOver = standing === 'left' || standing === 'withdrawn';
  expect([by, isOver]).toEqual([by, by === 'leaving at once' || by === 'rescinded']);
  const triggers = open.map(({ trigger }) => trigger);
  const closing = new Set(['leaver', 'contained', 'stripped', 'rescinded']);
  if (!isOver) expect([owners, triggers.includes('rescinded'), triggers.includes('leaver')]).toEqual([[], false, standing === 'leaving']);
  if (isOver) expect(triggers.filter((trigger) => !closing.has(trigger))).toEqual([]);
}

/** Carries out whatever is due, stage after stage. */
async function carryOutAll(somebody: Somebody): Promise<readonly string[]> {
  const done: string[] = [];
  for (;;) {
    const due = (await product.registry.stores.runs.unfinishedOf(somebody.personId)).filter(({ dueAt }) => dueAt <= product.time.now);
    const [next] = due.toSorted((one, other) => (one.lane < other.lane ? -1 : 1));
    if (next === undefined) return done;
    expect(await somebody.carryOut(next.workflow)).toBe('done');
    done.push(next.workflow);
  }
}

describe('Of two events about one person', () => {
  it.each(pairs)('%s, and %s in the middle of its run: what was under way stops, and the second is what holds', async (first, second) => {
    const somebody = await joined(product);
    await somebody.tell({ ...whole, ...events[first] });
    const due = (await product.registry.stores.runs.unfinishedOf(somebody.personId)).filter(({ dueAt }) => dueAt <= product.time.now);
    const [underWay] = due;
    const begun = underWay && (await somebody.begin(underWay.workflow));
    await somebody.tell({ ...whole, ...events[second] });
    if (begun !== undefined) expect(await somebody.end(begun)).toBe('superseded');
    await expectSettled(somebody, second);
    const done = await carryOutAll(somebody);
    await expectSettled(somebody, second);
    if (second === 'leaving at once') expect(done).toContain('strip');
  });

  it.each(pairs)('%s, and %s heard of before it: the one that is newer at its source is what holds', async (first, second) => {
    const somebody = await joined(product);
    await somebody.tell({ ...whole, ...events[second] }, { revision: 2 });
    await somebody.tell({ ...whole, ...events[first] }, { revision: 1 });
    await expectSettled(somebody, second);
  });
});
