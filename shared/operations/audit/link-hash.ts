import { createHash } from 'node:crypto';
import type { StoredAuditRow } from '../../ports/registry/audit-chain.ts';

/** The hash of a row at its place in the chain: SHA-256 over the hash before it, the place and all that the row says. */
export function linkHash(previous: string, position: number, row: StoredAuditRow): string {
  const { sequence, at, actor, action, personId, runId, target, detail } = row;
  return createHash('sha256')
    .update(JSON.stringify([previous, position, sequence, at, actor, action, personId, runId, target, detail]))
    .digest('hex');
}
