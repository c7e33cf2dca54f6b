import type { AuditSeal, SealedAuditRow } from '../../ports/registry/audit-chain.ts';
import { type Findings, nameOf } from './audit-findings.ts';
import { linkHash } from './link-hash.ts';

/** Before the first row. */
export const chainStart: AuditSeal = { position: 0, hash: '0'.repeat(64) };

/**
 * Looks whether a row continues the chain, and answers where the chain stands after it. After a break it goes on from what the row itself says, so that
 * one break is told once.
 */
export function checkLink(findings: Findings, before: AuditSeal, row: SealedAuditRow): AuditSeal {
  const expected = before.position + 1;
  if (row.position < expected) {
    findings.add('row-out-of-place', `${capital(nameOf(row))} stands in a place of the chain that is not its own (${row.position}).`, row);
    return before;
  }
  if (row.position > expected) {
    const gone = row.position - expected;
    findings.add(
      'rows-missing',
      `${gone === 1 ? 'One row is' : `${gone} rows are`} missing from the chain right before ${nameOf(row)}.`,
      row,
    );
  } else if (linkHash(before.hash, row.position, row) !== row.hash) {
    findings.add('row-changed', `${capital(nameOf(row))} does not fit its seal: the row, its seal or the seal before it was changed.`, row);
  }
  return { position: row.position, hash: row.hash };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
