import type { InvocationContext } from '@azure/functions';
import { getClient } from 'durable-functions';
import { sweepUnderWay } from '../shared/operations/sweep/last-sweep.ts';
import type { Product } from './compose/compose.ts';

/** Starts a sweep under its id. While another one is under way, and where an instance of that id is there already, nothing is started. */
export async function startSweep(product: Product, context: InvocationContext, sweepId: string): Promise<void> {
  if ((await sweepUnderWay(product.operations)) !== undefined) return;
  const client = getClient(context);
  const known = await client.getStatus(sweepId).catch(() => undefined);
  if (known === undefined) await client.startNew('sweep-leavers', { instanceId: sweepId, input: { sweepId } });
}
