import { GatehouseError } from '../errors.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { OperationDeps } from './deps.ts';

/** Seam, filled by whoever derives records from facts: a held event counts from now on, or is rejected, and its person is planned for anew. */
export function decideFact(_deps: OperationDeps, _stores: Stores, inboxId: string, _to: 'counted' | 'rejected'): Promise<void> {
  return Promise.reject(new GatehouseError('internal', `The held event ${inboxId} cannot be decided about yet.`));
}
