import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Bench, type BenchResult, type Figure, milliseconds } from './figures.ts';
import { type Company, withCompany } from './with-company.ts';

const goalMs = 3 * 60_000;
const goalMegabytes = 200;
const patienceMs = 20 * 60_000;

const sweepAnswer = z.object({
  sweep: z
    .object({
      id: z.string(),
      startedAt: z.string(),
      endedAt: z.string().nullable(),
      looked: z.number(),
      found: z.number(),
      repaired: z.number(),
      raised: z.number(),
    })
    .nullable(),
});
const systems = z.record(z.string(), z.object({ reads: z.number(), writes: z.number() }));
const runList = z.object({ runs: z.array(z.object({ id: z.string() })) });
const unfinished = ['planned', 'starting', 'active'] as const;

/** A company in which some have left with every account, group, licence and credential still open: how long one look at everybody takes, and what it costs. */
export const sweep: Bench = {
  name: 'sweep',
  does: 'everybody who has left, with all accounts open still: found in every target, and closed',
  run: ({ short, people }) => {
    const size = people ?? (short ? 1000 : 10_000);
    return withCompany((company) => measure(company, size), { people: size, left: Math.round(size / 50) });
  },
};

async function measure(company: Company, people: number): Promise<BenchResult> {
  const left = Math.round(people / 50);
  const idle = memoryOf(company);
  const before = systems.parse(await company.world.get('/counters'));
  const startedAt = performance.now();
  await sweepNow(company);
  let highest = idle;
  const swept = await untilSwept(company, () => (highest = Math.max(highest, memoryOf(company))));
  const lookMs = performance.now() - startedAt;
  const after = systems.parse(await company.world.get('/counters'));
  const closedMs = await untilClosed(company, startedAt);
  const again = await lookAgain(company);
  const growth = highest - idle;
  const figures: readonly Figure[] = [
    ['people', `${people}, and ${left} who have left; the first look took ${milliseconds(company.baselineMs)}`],
    ['leavers looked at', String(swept.looked)],
    ['found, repaired', `${swept.found} accounts open, ${swept.repaired} with a repair planned, ${swept.raised} raised`],
    ['look', `${milliseconds(lookMs)} (goal: below ${goalMs / 60_000} min, ${lookMs < goalMs ? 'met' : 'MISSED'})`],
    [
      'memory',
      `${growth.toFixed(0)} MB over ${idle.toFixed(0)} MB at rest (goal: below ${goalMegabytes} MB, ${growth < goalMegabytes ? 'met' : 'MISSED'})`,
    ],
    ...Object.keys(after).map((name): Figure => [`requests, ${name}`, String((after[name]?.reads ?? 0) - (before[name]?.reads ?? 0))]),
    ['all closed after', milliseconds(closedMs)],
    ['looked at again', `${again.found} open, ${again.raised} of them for people to decide: protected accounts wait for two approvers`],
  ];
  const failures = [
    ...(swept.looked < left ? [`${left} have left, but ${swept.looked} were looked at`] : []),
    ...(swept.found < left ? [`${left} have left with accounts open, but ${swept.found} accounts were found open`] : []),
    ...(again.found > again.raised ? [`${again.found - again.raised} things are open after all was closed`] : []),
  ];
  return { figures, failures };
}

type Swept = NonNullable<z.infer<typeof sweepAnswer>['sweep']>;

async function sweepNow({ product, world }: Company): Promise<void> {
  const answer = await fetch(`${product.url}/api/sweep`, { method: 'POST', headers: { Authorization: `Bearer ${await world.token()}` } });
  if (!answer.ok) throw new Error(`The sweep was answered ${answer.status}: ${await answer.text()}`);
}

async function untilSwept({ product }: Company, meanwhile: () => void, since = ''): Promise<Swept> {
  const limit = performance.now() + patienceMs;
  for (;;) {
    const { sweep: last } = sweepAnswer.parse(await product.ask('/api/sweep'));
    meanwhile();
    if (last !== null && last.endedAt !== null && last.startedAt > since) return last;
    if (performance.now() > limit) throw new Error('The sweep did not end.');
    await pause(100);
  }
}

/** Until no run of a leaver is unfinished, but for what waits for its day. */
async function untilClosed({ product }: Company, startedAt: number): Promise<number> {
  const limit = performance.now() + patienceMs;
  for (;;) {
    let open = 0;
    for (const workflow of ['leaver-contain', 'leaver-strip'])
      for (const state of unfinished) open += runList.parse(await product.ask(`/api/runs?workflow=${workflow}&state=${state}`)).runs.length;
    if (open === 0) return performance.now() - startedAt;
    if (performance.now() > limit) throw new Error('Not everything was closed.');
    await pause(1000);
  }
}

async function lookAgain(company: Company): Promise<Swept> {
  const since = new Date().toISOString();
  await sweepNow(company);
  return untilSwept(company, () => undefined, since);
}

/** Resident memory of the product's process, in megabytes (Linux: `VmRSS` of proc(5)). */
function memoryOf({ process }: Company): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
