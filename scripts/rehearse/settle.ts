import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { World } from '../../test/support/campaign-world.ts';
import type { RehearsedProduct } from './start-product.ts';
import { timeOf } from './tell-hr.ts';

/** World and product, and how long they may take, in milliseconds of wall time, until nothing is in flight. */
export type Stage = { readonly world: World; readonly product: RehearsedProduct; readonly patienceMs: number };

const run = z.object({
  id: z.string(),
  state: z.string(),
  workflow: z.string(),
  displayName: z.string(),
  dueAt: z.string(),
  note: z.string().nullable(),
});
/** A run as the product lists it. */
export type ListedRun = z.infer<typeof run>;

const pollMs = 60;
/** How far time is put forward where everything waits for it: while something is in flight, less than the time for which a worker holds a change. */
const shortStepMs = 40_000;
const longStepMs = 5 * 60_000;
const pageSize = 500;
const looksPerNudge = 3;
const mostSteps = 4;
/** In which product and host ask what time it is. */
const noticedMs = 150;
const hrEvents = z.object({ events: z.array(z.object({ state: z.string(), workerId: z.string() })) });

/** Lets the product work until nothing is in flight: no event on its way, no run under way or due. Time is put forward while everything waits for it. Throws with what hangs. */
export async function settle(stage: Stage): Promise<void> {
  const limit = performance.now() + stage.patienceMs;
  let counted = '';
  let looks = 0;
  for (let quiet = 0; quiet < 2; looks += 1) {
    if (performance.now() > limit) throw new Error(`Something hangs: ${await hanging(stage)}`);
    if (quiet > 0 || looks % looksPerNudge === 0) await nudge(stage);
    await pause(pollMs);
    const isQuiet = await isOver(stage);
    if (!isQuiet) counted = await passTime(stage, counted);
    quiet = isQuiet ? quiet + 1 : 0;
  }
}

/** Puts time forward, bit by bit, as long as no system is called. Answers how often they were. */
async function passTime({ world, product }: Stage, counted: string): Promise<string> {
  let last = counted;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const counters = JSON.stringify(await world.get('/counters'));
    if (counters !== last) return counters;
    last = counters;
    const stepMs = (await product.isIdle()) ? longStepMs : shortStepMs;
    await world.post('/clock', { advance: `PT${stepMs / 1000}S` });
    await pause(noticedMs);
  }
  return last;
}

/** Puts the world's time to an instant, unless it is later already, and waits until the product has noticed. */
export async function putForward({ world }: Stage, to: number): Promise<void> {
  if ((await timeOf(world)) >= to) return;
  await world.post('/clock', { set: new Date(to).toISOString() });
  await pause(noticedMs);
}

/** Runs that are planned, soonest first. */
export async function plannedRuns({ product }: Pick<Stage, 'product'>): Promise<readonly ListedRun[]> {
  return (await runsIn(product, 'planned')).toSorted((one, other) => one.dueAt.localeCompare(other.dueAt));
}

/** All runs in a state. */
export async function runsIn(product: RehearsedProduct, state: string): Promise<readonly ListedRun[]> {
  const found: ListedRun[] = [];
  for (let after = ''; ;) {
    const page = z.object({ runs: z.array(run) }).parse(await product.ask(`/api/runs?state=${state}&limit=${pageSize}${after}`)).runs;
    found.push(...page);
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined) return found;
    after = `&after=${last.id}`;
  }
}

/** The timers that the host fires every few seconds, now. */
async function nudge({ product }: Stage): Promise<void> {
  for (const name of ['relay-leftovers', 'start-due-runs']) await product.run(name);
}

async function isOver(stage: Stage): Promise<boolean> {
  return (await inFlight(stage)).length === 0;
}

async function inFlight(stage: Stage): Promise<readonly string[]> {
  const { product, world } = stage;
  const [events, active, starting] = await Promise.all([
    product.ask('/api/events'),
    runsIn(product, 'active'),
    runsIn(product, 'starting'),
  ]);
  const received = z.object({ counts: z.record(z.string(), z.number()) }).parse(events).counts['received'] ?? 0;
  const first = [...(received > 0 ? [`${received} events to be folded`] : []), ...[...active, ...starting].map(inWords)];
  if (first.length > 0) return first;
  const now = await timeOf(world);
  const due = (await plannedRuns(stage)).filter(({ dueAt }) => Date.parse(dueAt) <= now);
  return due.length > 0 ? due.map(inWords) : undelivered(stage);
}

/** HR waits ever longer before it posts again; told its address anew, it does so at once. */
async function undelivered({ world, product }: Stage): Promise<readonly string[]> {
  const { events } = hrEvents.parse(await world.get('/state/hr'));
  const waiting = events.filter(({ state }) => state === 'pending');
  if (waiting.length > 0) await world.post('/hr/webhook', { url: `${product.url}/api/hr/generic` });
  return waiting.map(({ workerId }) => `HR's event about ${workerId}`);
}

async function hanging(stage: Stage): Promise<string> {
  return (await inFlight(stage)).join('; ');
}

/** A run in words. */
export function inWords({ workflow, displayName, state, dueAt, note }: ListedRun): string {
  return `${workflow} of ${displayName} is ${state}${state === 'planned' ? ` for ${dueAt}` : ''}: ${note ?? ''}`;
}
