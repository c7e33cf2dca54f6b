import { GatehouseError } from '../../errors.ts';
import type { AuditDeps } from './audit-deps.ts';
import { timeOf } from './audit-findings.ts';

/** Longer than a few turns of the sealing timer. */
const patienceMs = 15 * 60_000;

/** Throws `store-unavailable`, with what is wrong, where the anchors cannot be written or rows have been waiting to be sealed for more than a quarter of an hour. */
export async function probeAudit({ registry, clock, anchors }: AuditDeps): Promise<void> {
  await anchors.probe();
  const { count, oldestAt } = await registry.stores.auditChain.waiting();
  if (oldestAt === null || oldestAt > clock.now() - patienceMs) return;
  throw new GatehouseError(
    'store-unavailable',
    `${count} audit rows are not sealed, the oldest of them since ${timeOf(oldestAt)}. Look at the timer seal-audit.`,
  );
}
