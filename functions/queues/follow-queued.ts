import type { FunctionHandler } from '@azure/functions';
import { followNotices, noticeBatch } from '../../shared/operations/graph-notices/follow-notices.ts';
import { startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

/** Looks at what notices of a tenant say has changed, and starts the runs that waited for it. What throws is delivered again; the schedule looks anyway. */
export function followQueued(product: Product): FunctionHandler {
  return async (raw, context) => {
    const { notices } = noticeBatch.parse(raw);
    const starter = durableStarter(context);
    for (const personId of await followNotices(product.graphNotices, notices)) await startRunsOf(product.operations, starter, personId);
  };
}
