import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncMode } from '../../host/data/sync-mode.ts';
import type { Bench, BenchResult, Figure } from '../figures.ts';
import { against } from './against.ts';
import { readStored, startHostUnderLoad } from './host-under-load.ts';
import { measureGrowth } from './growth.ts';
import { measureThroughput, type Throughput } from './throughput.ts';
import { measureWaiting } from './waiting.ts';

const perSecondGoal: Readonly<Record<SyncMode, number>> = { normal: 500, full: 300 };

type Sizes = { readonly count: number; readonly warmUp: number; readonly ended: number; readonly window: number; readonly waiting: number };
const inFull: Sizes = { count: 5000, warmUp: 1000, ended: 100_000, window: 400, waiting: 10_000 };
const inShort: Sizes = { count: 1000, warmUp: 300, ended: 20_000, window: 100, waiting: 2000 };

/** The embedded host with an app of its own: orchestrations of five activities, started over HTTP, beside the in-memory backend of durabletask-js; instances that wait. */
export const host: Bench = {
  name: 'host',
  does: 'the embedded host: five activities one after the other, history on disk; instances that wait',
  run: ({ short }) => measure(short ? inShort : inFull),
};

async function measure(sizes: Sizes): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-host-'));
  try {
    const normal = await run(folder, 'normal', sizes);
    const full = await run(folder, 'full', sizes);
    const memory = await runInMemory(sizes);
    const growth = await measureGrowth(folder, sizes.ended, sizes.window);
    const waiting = await measureWaiting(folder, sizes.waiting);
    return {
      figures: [
        ['sync normal', speed(normal, perSecondGoal.normal)],
        ['sync full', speed(full, perSecondGoal.full)],
        [
          'in memory',
          `${pace(memory)}: durabletask-js, which takes ${(memory.cpuMsEach / normal.cpuMsEach).toFixed(2)} times the processor time`,
        ],
        ...growth.figures,
        ...waiting.figures,
      ] satisfies Figure[],
      failures: [normal, full, memory, growth, waiting].flatMap(({ failures }) => failures),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A host on the data folder of this name, warmed up, measured and stopped. */
async function run(folder: string, sync: SyncMode, { count, warmUp }: Sizes): Promise<Throughput> {
  const data = join(folder, sync);
  mkdirSync(data);
  const running = await startHostUnderLoad(data, sync);
  const stored = readStored(data);
  const warm = await measureThroughput(running, stored, warmUp);
  const result = await measureThroughput(running, stored, count);
  stored.close();
  await running.process.end('SIGTERM');
  return { ...result, failures: [...warm.failures, ...result.failures] };
}

async function runInMemory({ count, warmUp }: Sizes): Promise<Throughput> {
  const child = fork(join(import.meta.dirname, 'in-memory.ts'), [String(count), String(warmUp)]);
  const exit = once(child, 'exit');
  const [{ completed, ...result }] = (await once(child, 'message')) as [Omit<Throughput, 'failures'> & { readonly completed: number }];
  await exit;
  return { ...result, failures: completed === count ? [] : [`durabletask-js completed ${completed} of ${count} orchestrations`] };
}

function speed(result: Throughput, goal: number): string {
  return `${pace(result)} ${against(`at least ${goal} a second`, result.perSecond >= goal)}`;
}

/** The share of a processor tells a slow engine from a busy machine: both run on one thread, which has about 100 % where nothing else wants it. */
function pace({ perSecond, cpuMsEach }: Throughput): string {
  const share = Math.round((perSecond * cpuMsEach) / 10);
  return `${Math.round(perSecond)} a second, ${cpuMsEach.toFixed(2)} ms of processor time each, ${share} % of a processor`;
}
