import type { HostUnderLoad, Stored } from './host-under-load.ts';

/** How fast orchestrations of five sequential activities went: from the first start to the last completion. */
export type Throughput = { readonly perSecond: number; readonly cpuMsEach: number; readonly failures: readonly string[] };

let batch = 0;

/** Starts so many orchestrations and waits until all have ended; each has to give its number plus five. */
export async function measureThroughput(host: HostUnderLoad, stored: Stored, count: number): Promise<Throughput> {
  const before = stored.lastKey();
  const { cpuMs } = await host.usage();
  const startedAt = Date.now();
  await host.startMany('fiveSteps', `five-${(batch += 1)}`, count);
  await stored.untilQuiet();
  const completed = stored.count(before, 'Completed');
  const expected = (count * (count - 1)) / 2 + 5 * count;
  return {
    perSecond: (count * 1000) / (completed.lastAt - startedAt),
    cpuMsEach: ((await host.usage()).cpuMs - cpuMs) / count,
    failures:
      completed.count === count && completed.outputs === expected
        ? []
        : [`${count} orchestrations started, ${completed.count} completed; their outputs add up to ${completed.outputs}, not ${expected}`],
  };
}
