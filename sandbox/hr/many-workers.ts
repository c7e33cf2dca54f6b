import { transaction } from '../foundation/transaction.ts';
import type { World } from '../foundation/world.ts';
import { enqueueBatch, enqueueEvent } from './event-queue.ts';
import type { ManyWorkers, MassTermination, Worker } from './worker-schema.ts';
import { alterWorker, enterWorker, findWorker } from './worker-store.ts';

/** Enters many workers and queues their events, all in one transaction; nobody when a worker id is taken. */
export function createWorkers(
  world: World,
  { workers, events }: ManyWorkers,
): { readonly created: number; readonly taken: readonly string[] } {
  const seen = new Set<string>();
  const isTaken = (workerId: string) => seen.has(workerId) || !seen.add(workerId) || findWorker(world.database, workerId) !== undefined;
  const taken = workers.map(({ workerId }) => workerId).filter(isTaken);
  if (taken.length > 0) return { created: 0, taken };
  return transaction(world.database, () => {
    const entered = workers.flatMap((worker) => enterWorker(world, worker) ?? []);
    if (events === 'batch') enqueueBatch(world, entered);
    if (events === 'each') entered.forEach((worker) => enqueueEvent(world, worker));
    return { created: entered.length, taken: [] };
  });
}

/** Terminates many workers and queues one batch of up to 1,000 events, in one transaction; nobody when one is unknown. Who is terminated already as asked makes no event. */
export function terminateWorkers(
  world: World,
  asked: MassTermination,
): { readonly terminated: readonly string[]; readonly unknown: readonly string[] } {
  const ids = asked.workerIds ?? activeIds(world, asked.count ?? 0);
  const unknown = ids.filter((id) => findWorker(world.database, id) === undefined);
  if (unknown.length > 0) return { terminated: [], unknown };
  const lastDay = asked.lastDay ?? new Date(world.now()).toISOString().slice(0, 10);
  const { terminationKind } = asked;
  const change = { status: 'terminated', lastDay, ...(terminationKind === undefined ? {} : { terminationKind }) } as const;
  return transaction(world.database, () => {
    const changed = ids.flatMap((id): readonly Worker[] => {
      const before = findWorker(world.database, id);
      const after = before === undefined ? undefined : alterWorker(world, before, change);
      return after === undefined || after.revision === before?.revision ? [] : [after];
    });
    enqueueBatch(world, changed);
    return { terminated: changed.map(({ workerId }) => workerId), unknown };
  });
}

function activeIds(world: World, count: number): readonly string[] {
  return world.database
    .prepare(
      `SELECT worker_id FROM hr_workers WHERE json_extract(worker, '$.status') = 'active' AND json_extract(worker, '$.managerId') IS NOT NULL
       ORDER BY worker_id LIMIT ?`,
    )
    .all(count)
    .map((row) => String(row['worker_id']));
}
