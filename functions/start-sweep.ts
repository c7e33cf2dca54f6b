import type { InvocationContext } from '@azure/functions';
import { getClient } from 'durable-functions';
import { activeTraceparent } from '../shared/telemetry/traceparent.ts';
import type { Product } from './compose/compose.ts';

const stuckAfterMs = 2 * 60 * 60_000;

/** The sweep that was begun, or that is there already. */
export type StartedSweep = { readonly sweepId: string; readonly state: 'started' | 'running' };

/** Starts a sweep under its id. While another one is under way, and where an instance of that id is there already, nothing is started. */
export async function startSweep(product: Product, context: InvocationContext, sweepId: string): Promise<StartedSweep> {
  const { registry, clock } = product.operations;
  const last = await registry.stores.sweeps.last();
  if (last !== undefined && last.endedAt === null && clock.now() - last.startedAt < stuckAfterMs)
    return { sweepId: last.id, state: 'running' };
  const client = getClient(context);
  const known = await client.getStatus(sweepId).catch(() => undefined);
  if (known !== undefined) return { sweepId, state: 'running' };
  const traceparent = activeTraceparent();
  const input = { sweepId, ...(traceparent === undefined ? {} : { traceparent }) };
  await client.startNew('sweep-leavers', { instanceId: sweepId, input });
  return { sweepId, state: 'started' };
}
