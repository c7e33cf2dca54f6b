import { z } from 'zod';
import { inWords, runsIn, type Stage } from './settle.ts';

const states = ['planned', 'starting', 'active', 'held', 'done', 'done-with-gaps', 'failed', 'superseded', 'cancelled', 'unknown'] as const;
const holdList = z.object({ holds: z.array(z.looseObject({ code: z.string(), message: z.string() })) });
const verdict = z.looseObject({ isWhole: z.boolean(), findings: z.array(z.unknown()) });
/** What somebody has to decide after a year in which nothing was out of the ordinary: who has only cloud accounts is due groups elsewhere. */
const expectedHolds: ReadonlySet<string> = new Set(['account-missing']);

/** What the product itself says: runs by their state, what is held, and what of that is not as it has to be. */
export async function judgeRuns({ product }: Stage): Promise<{
  readonly runs: Readonly<Record<string, number>>;
  readonly holds: readonly string[];
  readonly findings: readonly string[];
}> {
  const lists = new Map(await Promise.all(states.map(async (state) => [state, await runsIn(product, state)] as const)));
  const { holds } = holdList.parse(await product.ask('/api/holds'));
  const audit = verdict.parse(await product.ask('/api/audit/verify'));
  const bad = [...(lists.get('starting') ?? []), ...(lists.get('active') ?? []), ...(lists.get('failed') ?? [])];
  const unexpected = holds.filter(({ code }) => !expectedHolds.has(code));
  return {
    runs: Object.fromEntries([...lists].filter(([, list]) => list.length > 0).map(([state, list]) => [state, list.length])),
    holds: [...Map.groupBy(holds, ({ code }) => code)].map(([code, list]) => `${list.length} ${code}`),
    findings: [
      ...bad.map(inWords),
      ...unexpected.map((hold) => `held: ${hold.code}: ${hold.message}`),
      ...(audit.isWhole ? [] : [`The audit is not whole: ${JSON.stringify(audit.findings)}`]),
    ],
  };
}
