import { GatehouseError } from '../../errors.ts';
import type { OperationDeps } from '../deps.ts';

const lateMs = 5 * 60_000;

/** Throws where a privileged change has waited for hands for more than five minutes. */
export async function probeHands({ registry, clock }: OperationDeps): Promise<void> {
  const since = await registry.stores.errands.oldestOpen();
  if (since === undefined || clock.now() - since < lateMs) return;
  throw new GatehouseError(
    'target-unreachable',
    `hands has not answered since ${new Date(since).toISOString()}: look whether that app runs.`,
  );
}
