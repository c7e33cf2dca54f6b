import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { makeHires } from '../test/support/campaign-hires.ts';
import { readProgress } from '../test/support/campaign-progress.ts';
import { randomFrom } from '../test/support/campaign-random.ts';
import type { World } from '../test/support/campaign-world.ts';
import { type Bench, type BenchResult, milliseconds } from './figures.ts';
import { type Company, withCompany } from './with-company.ts';

const limitMs = 10 * 60_000;
const countersOf = z.record(z.string(), z.object({ reads: z.number(), writes: z.number() }));

/** Fifty people (short: ten) are hired at once: how long until each has everything, and how many requests that takes of each system. */
export const joiner: Bench = {
  name: 'joiner',
  does: 'people hired at once, until each has everything',
  run: ({ short }) => withCompany((company) => measure(company, short ? 10 : 50)),
};

async function measure({ world, product }: Company, count: number): Promise<BenchResult> {
  const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const hires = makeHires(count, randomFrom(1), yesterday);
  const before = await counters(world);
  const startedAt = performance.now();
  for (const hire of hires) await world.hire(hire.worker);
  const enteredMs = performance.now() - startedAt;
  for (;;) {
    const progress = await readProgress(world, product, count);
    const tookMs = performance.now() - startedAt;
    if (!progress.isOver && tookMs < limitMs) {
      await pause(100);
      continue;
    }
    const requests = perHire(before, await counters(world), count);
    const runs = Object.entries(progress.runs).map(([state, number]) => `${number} ${state}`);
    return {
      figures: [
        ['hired', `${count} in ${milliseconds(enteredMs)}`],
        ['all done after', milliseconds(tookMs)],
        ['runs', runs.join(', ')],
        ...requests,
      ],
      failures: progress.findings,
    };
  }
}

async function counters(world: World): Promise<z.infer<typeof countersOf>> {
  return countersOf.parse(await world.get('/counters'));
}

function perHire(before: z.infer<typeof countersOf>, after: z.infer<typeof countersOf>, count: number): BenchResult['figures'] {
  return Object.entries(after).map(([system, { reads, writes }]) => {
    const was = before[system] ?? { reads: 0, writes: 0 };
    return [
      `${system}, per hire`,
      `${((reads - was.reads) / count).toFixed(1)} reads, ${((writes - was.writes) / count).toFixed(1)} writes`,
    ] as const;
  });
}
