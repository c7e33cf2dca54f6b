import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSystemPackages } from '../../scripts/system-packages.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { type Bench, type BenchResult, type Figure, milliseconds, percentile } from '../figures.ts';
import { buildVariants, type Variant } from './build-variants.ts';
import { type ColdStart, startOnce } from './start-once.ts';

/** How long a new process takes until it answers, and until it works: the app as it is packed, the same in many files, and the checkout. */
export const coldstart: Bench = {
  name: 'coldstart',
  does: 'from the start of a process to its first HTTP answer and its first activity, in the embedded host, on PostgreSQL',
  run: ({ short }) => measure(short ? 3 : 15),
};

async function measure(count: number): Promise<BenchResult> {
  const programs = findSystemPackages()['GATEHOUSE_TEST_POSTGRES'];
  if (programs === undefined) return { figures: [['not measured', 'there is no PostgreSQL 15 on this machine']], failures: [] };
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-coldstart-'));
  const postgres = await startPostgres({ programs });
  try {
    const variants = await buildVariants(folder);
    const url = await postgres.database();
    const starts = await startAll(variants, count, (variant) => startOnce(variant.folder, folder, url));
    return { figures: [header(count), ...variants.map((variant) => row(variant.name, starts.get(variant) ?? []))], failures: [] };
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In turn, so that a machine that is busy for a while is so for all of them; the first start of each is to warm the disk's cache and is not counted. */
async function startAll(
  variants: readonly Variant[],
  count: number,
  start: (variant: Variant) => Promise<ColdStart>,
): Promise<ReadonlyMap<Variant, readonly ColdStart[]>> {
  const starts = new Map<Variant, ColdStart[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round <= count; round += 1)
    for (const variant of variants) {
      const took = await start(variant);
      if (round > 0) starts.get(variant)?.push(took);
    }
  return starts;
}

function header(count: number): Figure {
  return [`${count} starts`, columns(['first answer', '95 %', 'first activity', '95 %', 'processor', '95 %'])];
}

function row(name: string, starts: readonly ColdStart[]): Figure {
  const measured = (['firstAnswerMs', 'firstActivityMs', 'processorMs'] as const).flatMap((what) => {
    const sorted = starts.map((start) => start[what]).toSorted((a, b) => a - b);
    return [percentile(sorted, 50), percentile(sorted, 95)];
  });
  return [name, columns(measured.map(milliseconds))];
}

function columns(texts: readonly string[]): string {
  return texts.map((text) => text.padStart(15)).join('');
}
