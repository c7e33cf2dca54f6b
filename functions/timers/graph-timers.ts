import type { InvocationContext, TimerHandler } from '@azure/functions';
import { followAll } from '../../shared/operations/graph-notices/follow-all.ts';
import { followChanges } from '../../shared/operations/graph-notices/follow-changes.ts';
import { keepSubscriptions } from '../../shared/operations/graph-notices/keep-subscriptions.ts';
import { startRunsOf } from '../../shared/operations/start-runs.ts';
import type { Product } from '../compose/compose.ts';
import { durableStarter } from '../durable-starter.ts';

/** Follows the changes of every tenant, whether or not notices of them came. */
export function followGraph(product: Product): TimerHandler {
  return async (_, context) => start(product, context, await followAll(product.graphNotices));
}

/** Sees to the subscriptions that are due; what was ordered anew may have missed something, so that its changes are followed now. */
export function keepGraphSubscriptions(product: Product): TimerHandler {
  return async (_, context) => {
    for (const stream of await keepSubscriptions(product.graphNotices))
      await start(product, context, await followChanges(product.graphNotices, stream));
  };
}

async function start(product: Product, context: InvocationContext, people: readonly string[]): Promise<void> {
  const starter = durableStarter(context);
  for (const personId of people) await startRunsOf(product.operations, starter, personId);
}
