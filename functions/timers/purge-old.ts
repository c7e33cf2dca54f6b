import type { InvocationContext, TimerHandler } from '@azure/functions';
import { getClient, OrchestrationRuntimeStatus } from 'durable-functions';
import type { Product } from '../compose/compose.ts';

const dayMs = 86_400_000;
const ended = [
  OrchestrationRuntimeStatus.Completed,
  OrchestrationRuntimeStatus.Failed,
  OrchestrationRuntimeStatus.Terminated,
  OrchestrationRuntimeStatus.Canceled,
];

/** Every night: throws away the histories of orchestrations that have ended, and events that were refused, once they are as old as the configuration says. What is cut short goes on the next night. */
export function purgeOld(product: Product): TimerHandler {
  return async (_, context) => {
    const { operations, retention } = product;
    const now = operations.clock.now();
    const refused = await operations.registry.stores.inbox.forgetRejected(now - retention.refusedEventDays * dayMs);
    const instances = await purgeHistories(context, new Date(now - retention.historyDays * dayMs));
    operations.log.info('What is not needed any more was thrown away.', { instances, refused });
  };
}

async function purgeHistories(context: InvocationContext, createdTimeTo: Date): Promise<number> {
  const filter = { createdTimeFrom: new Date(0), createdTimeTo, runtimeStatus: ended };
  return (await getClient(context).purgeInstanceHistoryBy(filter)).instancesDeleted;
}
