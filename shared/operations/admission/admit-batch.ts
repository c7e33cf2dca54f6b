import type { SourceId } from '../../domain/ids.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';

/** A batch whose events are all classified, and when that was. */
export type ClassifiedBatch = { readonly batchId: string; readonly source: SourceId; readonly at: number };

/** Lets the runs of a batch begin, in the transaction that classified its last event and holds the batch's row. */
export async function admitBatch(_deps: OperationDeps, stores: Stores, { batchId, at }: ClassifiedBatch): Promise<void> {
  for (const { id, state } of await stores.runs.waitingOf(batchId)) {
    if (state === 'pending') await stores.runs.decide({ id, to: 'planned', by: null, note: null, at });
  }
  await stores.batches.settle(batchId, 'admitted');
}
