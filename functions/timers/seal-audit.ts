import type { TimerHandler } from '@azure/functions';
import { sealAudit as seal } from '../../shared/operations/audit/seal-audit.ts';
import type { Product } from '../compose/compose.ts';

/** Seals what was written to the audit since, and anchors the head of its chain. */
export function sealAudit(product: Product): TimerHandler {
  return async () => {
    await seal(product.audit);
  };
}
