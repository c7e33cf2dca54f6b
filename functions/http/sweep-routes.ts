import { lastSweep, sweepUnderWay } from '../../shared/operations/sweep/last-sweep.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';

/** `GET /api/sweep`: the last look at everybody who has left. */
export function getSweep(product: Product): Handler {
  return apiRoute(product, 'reader', async () => ({ sweep: await lastSweep(product.operations) }));
}

/** `POST /api/sweep`: looks at everybody who has left now; while that is being done already, answers with that sweep. */
export function sweepNow(product: Product): Handler {
  return apiRoute(product, 'operator', async (_, { actor }) => {
    const { clock, registry } = product.operations;
    const at = clock.now();
    const started = await begin(product, `sweep-${new Date(at).toISOString().replaceAll(/[:.]/g, '')}`);
    const detail = { ...started };
    const row = { at, actor, action: 'sweep.asked', personId: null, runId: null, target: null, detail };
    await registry.transaction((stores) => stores.audit.append([row]));
    return started;
  });
}

async function begin({ operations, askWork }: Product, sweepId: string) {
  const underWay = await sweepUnderWay(operations);
  if (underWay !== undefined) return { sweepId: underWay, state: 'running' } as const;
  await askWork.sweep(sweepId);
  return { sweepId, state: 'started' } as const;
}
