import type { StoredAuditRow } from '../../ports/registry/audit-chain.ts';

/** What is wrong with the audit. */
export type FindingKind =
  | 'row-changed'
  | 'rows-missing'
  | 'row-out-of-place'
  | 'head-missing'
  | 'head-wrong'
  | 'cut'
  | 'rewritten'
  | 'anchor-broken'
  | 'anchors-missing'
  | 'anchors-away'
  | 'value-changed'
  | 'value-missing';

/** One thing that is wrong, in words for people; `sequence` names the row where there is one. */
export type AuditFinding = { readonly kind: FindingKind; readonly sequence: number | null; readonly message: string };

/** What was found, in the order in which it was come across: all are counted, and as many kept as somebody may read. */
export type Findings = {
  add(kind: FindingKind, message: string, row?: StoredAuditRow): void;
  readonly count: () => number;
  readonly kept: () => readonly AuditFinding[];
};

const most = 50;

/** None yet. */
export function noFindings(): Findings {
  const kept: AuditFinding[] = [];
  let count = 0;
  return {
    add(kind, message, row) {
      count += 1;
      if (kept.length < most) kept.push({ kind, sequence: row?.sequence ?? null, message });
    },
    count: () => count,
    kept: () => [...kept],
  };
}

/** A row by its number, time and what it tells of. */
export function nameOf({ sequence, at, action }: StoredAuditRow): string {
  return `row ${sequence} of ${timeOf(at)} (${action})`;
}

/** An instant as text, whatever number somebody has put into the database. */
export function timeOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? `the instant ${at}` : date.toISOString();
}
