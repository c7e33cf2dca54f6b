import { z } from 'zod';
import type { Hire } from './campaign-hires.ts';
import type { Product } from './campaign-product.ts';
import type { World } from './campaign-world.ts';

const open = new Set(['planned', 'starting', 'active']);
const good = new Set(['done', 'done-with-gaps', 'unknown', 'superseded']);
const runList = z.object({
  runs: z.array(
    z.object({ id: z.string(), state: z.string(), workflow: z.string(), displayName: z.string(), note: z.string().nullable() }),
  ),
});
const eventList = z.object({ counts: z.record(z.string(), z.number()) });
const hrState = z.object({ events: z.array(z.object({ workerId: z.string(), state: z.string(), result: z.string().nullish() })) });

/** How far the product says it is. `findings` tells of runs that have not ended, or ended badly; `gaps` is what runs say they left undone. */
export type Progress = {
  readonly isOver: boolean;
  readonly runs: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
  readonly gaps: readonly string[];
};

/** Asks HR whether its events were taken, and the product whether all that follows has ended. */
export async function readProgress(world: World, product: Product, hires: number): Promise<Progress> {
  const { events } = hrState.parse(await world.get('/state/hr'));
  const { counts } = eventList.parse(await product.ask('/api/events'));
  const { runs } = runList.parse(await product.ask('/api/runs?limit=500'));
  const waiting = events.filter(({ state }) => state !== 'delivered');
  const joining = runs.filter(({ workflow, state }) => workflow.startsWith('joiner') && state !== 'superseded').length;
  const unended = runs.filter(({ state }) => open.has(state));
  const bad = runs.filter(({ state }) => !open.has(state) && !good.has(state));
  return {
    isOver: waiting.length === 0 && (counts['received'] ?? 0) === 0 && joining >= hires && unended.length === 0,
    runs: Object.fromEntries([...Map.groupBy(runs, ({ state }) => state)].map(([state, list]) => [state, list.length])),
    findings: [
      ...waiting.map(({ workerId, state, result }) => `HR's event about ${workerId} is ${state}: ${result ?? 'no answer yet'}`),
      ...(joining < hires ? [`${joining} runs of joiners where there must be ${hires}`] : []),
      ...[...unended, ...bad].map(inWords),
    ],
    gaps: runs.filter(({ state }) => state === 'done-with-gaps' || state === 'unknown').map(inWords),
  };
}

function inWords({ workflow, displayName, state, note }: z.infer<typeof runList>['runs'][number]): string {
  return `${workflow} of ${displayName} is ${state}: ${note ?? ''}`;
}

/** The worker ids of those whose run ended by saying that it does not know. */
export async function unknownWorkers(product: Product, hires: readonly Hire[], progress: Progress): Promise<ReadonlySet<string>> {
  if (progress.runs['unknown'] === undefined) return new Set();
  const found = await Promise.all(
    hires.map(async ({ workerId }) => {
      const { runs } = runList.parse(await product.ask(`/api/runs?person=${workerId}`));
      return runs.some(({ state }) => state === 'unknown') ? [workerId] : [];
    }),
  );
  return new Set(found.flat());
}
