import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Bench, type BenchResult, type Figure, milliseconds, percentile } from './figures.ts';
import { type Company, withCompany } from './with-company.ts';

const goalMs = 2000;
const callMs = 50;
const patienceMs = 5 * 60_000;
const queuedJoiners = 2000;
const batchSize = 500;

const hrState = z.object({ workers: z.array(z.object({ workerId: z.string() })) });
const runList = z.object({
  runs: z.array(z.object({ id: z.string(), workflow: z.string(), createdAt: z.string(), startedAt: z.string().nullable() })),
});
const steps = z.object({
  steps: z.array(z.object({ task: z.string(), state: z.string(), lastAt: z.string().nullable(), summary: z.string() })),
});

/** People are terminated at once by HR, one after the other: how long from the event until every account was seen shut, alone and behind a queue of joiners. */
export const containment: Bench = {
  name: 'containment',
  does: `leavers at once, each call of a target taking ${callMs} ms: from the event to verified containment`,
  run: ({ short }) => withCompany((company) => measure(company, short), { people: 400 }),
};

async function measure(company: Company, short: boolean): Promise<BenchResult> {
  const { world } = company;
  await world.post('/settings', { latencyMs: { graph: callMs, oci: callMs, directory: callMs } });
  const leavers = short ? 10 : 50;
  const { workers } = hrState.parse(await world.get('/state/hr'));
  const employees = workers.map(({ workerId }) => workerId).filter((workerId) => workerId.startsWith('11'));
  const alone = await contain(company, employees.slice(0, leavers));
  await hireMany(company, short ? 200 : queuedJoiners);
  const behind = await contain(company, employees.slice(leavers, 2 * leavers));
  return {
    figures: [...figuresOf('alone', alone), ...figuresOf(`behind ${short ? 200 : queuedJoiners} joiners`, behind)],
    failures: [...alone.failures, ...behind.failures],
  };
}

/** Milliseconds from the event until the run was planned, was started, and had seen the last target shut. */
type Way = { readonly planned: number; readonly started: number; readonly shut: number };
type Contained = { readonly ways: readonly Way[]; readonly failures: readonly string[] };

/** One after the other: each is alone, but for what the one before has left to be done. */
async function contain(company: Company, workers: readonly string[]): Promise<Contained> {
  const results: (Way | string)[] = [];
  for (const workerId of workers) {
    const startedAt = Date.now();
    const now = new Date(startedAt).toISOString();
    await company.world.change(workerId, { status: 'terminated', lastDay: now.slice(0, 10), accessEnds: now });
    results.push(await untilContained(company, workerId, startedAt));
  }
  return {
    ways: results.flatMap((result) => (typeof result === 'string' ? [] : [result])).toSorted((one, other) => one.shut - other.shut),
    failures: results.flatMap((result) => (typeof result === 'string' ? [result] : [])),
  };
}

/** How long it took until the last target was seen shut, or what went wrong. */
async function untilContained({ product }: Company, workerId: string, startedAt: number): Promise<Way | string> {
  while (Date.now() - startedAt < patienceMs) {
    const { runs } = runList.parse(await product.ask(`/api/runs?person=generic:${workerId}`));
    const run = runs.find(({ workflow }) => workflow === 'leaver-contain');
    const closing =
      run === undefined ? [] : steps.parse(await product.ask(`/api/runs/${run.id}`)).steps.filter(({ task }) => task === 'contain-account');
    const bad = closing.find(({ state }) => state === 'failed' || state === 'held' || state === 'unknown');
    if (bad !== undefined) return `${workerId}: ${bad.summary}`;
    const isShut = closing.length > 0 && closing.every(({ state }) => state === 'done' || state === 'already');
    if (run !== undefined && isShut) {
      const shut = Math.max(...closing.map(({ lastAt }) => Date.parse(lastAt ?? ''))) - startedAt;
      return { planned: Date.parse(run.createdAt) - startedAt, started: Date.parse(run.startedAt ?? '') - startedAt, shut };
    }
    await pause(250);
  }
  return `${workerId}: not contained after ${milliseconds(patienceMs)}`;
}

async function hireMany({ product, world }: Company, count: number): Promise<void> {
  const hireDate = new Date().toISOString().slice(0, 10);
  for (let from = 0; from < count; from += batchSize) {
    const events = Array.from({ length: Math.min(batchSize, count - from) }, (_, index) => hireEvent(from + index, hireDate));
    const body = JSON.stringify({ events });
    const time = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', world.settings['GATEHOUSE_SECRET_HR_GENERIC'] ?? '')
      .update(`${time}.${body}`)
      .digest('hex');
    const headers = { 'Content-Type': 'application/json', 'Gatehouse-Signature': `t=${time},v1=${signature}` };
    const answer = await fetch(`${product.url}/api/hr/generic`, { method: 'POST', headers, body });
    if (answer.status !== 202) throw new Error(`A batch of joiners was answered ${answer.status}: ${await answer.text()}`);
  }
  await untilQueued({ product }, count);
}

async function untilQueued({ product }: Pick<Company, 'product'>, count: number): Promise<void> {
  const counted = z.object({ counts: z.record(z.string(), z.number()) });
  for (;;) {
    const { counts } = counted.parse(await product.ask('/api/events'));
    if ((counts['folded'] ?? 0) >= count && (counts['received'] ?? 0) === 0) return;
    await pause(500);
  }
}

function hireEvent(index: number, hireDate: string): object {
  const worker = {
    workerId: String(500_000 + index),
    status: 'active',
    workerType: 'employee',
    name: { given: `Given${index % 97}`, family: `Family${index % 89}` },
    jobTitle: 'Engineer',
    jobCode: 'ENG1',
    department: 'Platform',
    company: 'Contoso',
    location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
    managerId: '10010',
    hireDate,
    timeZone: 'Europe/Lisbon',
  };
  return { id: `containment-${index}`, occurredAt: new Date().toISOString(), worker };
}

function figuresOf(name: string, { ways }: Contained): readonly Figure[] {
  const tookMs = ways.map(({ shut }) => shut);
  const slowest = ways.at(-1);
  const p99 = percentile(tookMs, 99);
  const goal = `(goal: below ${milliseconds(goalMs)}, ${p99 < goalMs ? 'met' : 'MISSED'})`;
  return [
    [
      name,
      `${tookMs.length} contained, p50 ${milliseconds(percentile(tookMs, 50))}, p90 ${milliseconds(percentile(tookMs, 90))}, p99 ${milliseconds(p99)} ${goal}`,
    ],
    [
      '  the slowest',
      slowest === undefined
        ? 'none'
        : `planned after ${milliseconds(slowest.planned)}, started after ${milliseconds(slowest.started)}, shut after ${milliseconds(slowest.shut)}`,
    ],
  ];
}
