/** What a bench found out: figures in the order they are to be read, and what is not as it must be. A goal of speed that is missed is a figure, not a failure. */
export type BenchResult = { readonly figures: readonly Figure[]; readonly failures: readonly string[] };
export type Figure = readonly [name: string, value: string];

/** `short` is for a quick look: the same load for a shorter time, or fewer people. `people`: how many, where a bench goes by that. */
export type BenchOptions = { readonly short: boolean; readonly people?: number | undefined };
/** A bench by its name. */
export type Bench = { readonly name: string; readonly does: string; run(options: BenchOptions): Promise<BenchResult> };

/** The value below which so many percent of the sorted values lie (nearest rank). */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/** Milliseconds for people. */
export function milliseconds(value: number): string {
  return value < 10_000 ? `${value.toFixed(value < 100 ? 1 : 0)} ms` : `${(value / 1000).toFixed(1)} s`;
}
