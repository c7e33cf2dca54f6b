import type { AuditChainStore, AuditSeal, SealedAuditRow } from '../../ports/registry/audit-chain.ts';
import { type AnchorCursor, openAnchorCursor } from './anchor-cursor.ts';
import type { AuditDeps } from './audit-deps.ts';
import { type AuditFinding, type Findings, nameOf, noFindings } from './audit-findings.ts';
import { chainStart, checkLink } from './check-link.ts';

/** What the audit is worth. Times are milliseconds since the epoch. */
export type AuditVerdict = {
  /** Nothing was found to be wrong. */
  readonly isWhole: boolean;
  /** The last anchor up to which the chain is proved to be as it was then; null where there is none. */
  readonly provenTo: { readonly anchor: number; readonly at: number; readonly position: number } | null;
  readonly sealed: number;
  /** Sealed rows after `provenTo`: whoever can write to the database can still change these unseen. */
  readonly notProven: number;
  readonly notSealed: number;
  readonly oldestNotSealedAt: number | null;
  /** Personal values that were erased, as the audit itself tells. */
  readonly erasedValues: number;
  /** How much was found, and the first of it. */
  readonly findingCount: number;
  readonly findings: readonly AuditFinding[];
};

const pageSize = 1000;

/**
 * Computes the whole chain anew, in constant memory, and holds every anchor against it: finds rows that were changed, taken away or put elsewhere, an end that
 * was cut off, a chain that was written anew, and values that were changed or taken away without an erasure. Sealing may go on meanwhile.
 */
export async function verifyAudit({ registry, anchors }: AuditDeps): Promise<AuditVerdict> {
  const { auditChain } = registry.stores;
  const findings = noFindings();
  // Asked before the anchors are: an anchor is there before the registry says so.
  const anchored = (await auditChain.head())?.anchored ?? 0;
  const cursor = await openAnchorCursor(anchors, findings);
  const walked = await walk(auditChain, findings, cursor);
  await cursor.end(walked.end);
  await checkHead(auditChain, findings, walked);
  checkAnchored(findings, anchored, cursor.last()?.position ?? 0);
  const { count, oldestAt } = await auditChain.waiting();
  const proven = cursor.proven();
  return {
    isWhole: findings.count() === 0,
    provenTo: proven === undefined ? null : { anchor: proven.number, at: proven.at, position: proven.position },
    sealed: walked.rows,
    notProven: Math.max(0, walked.rows - (proven?.position ?? 0)),
    notSealed: count,
    oldestNotSealedAt: oldestAt,
    erasedValues: walked.erased,
    findingCount: findings.count(),
    findings: findings.kept(),
  };
}

type Walked = { readonly end: AuditSeal; readonly rows: number; readonly erased: number };

async function walk(auditChain: AuditChainStore, findings: Findings, cursor: AnchorCursor): Promise<Walked> {
  let place = chainStart;
  let [rows, erased] = [0, 0];
  for (let after = -Number.MAX_SAFE_INTEGER; ;) {
    const page = await auditChain.sealed(after, pageSize);
    for (const row of page) {
      place = checkLink(findings, place, row);
      await cursor.reach(place);
    }
    erased += await checkValues(auditChain, findings, page);
    rows += page.length;
    after = page.at(-1)?.position ?? after;
    if (page.length < pageSize) return { end: place, rows, erased };
  }
}

/** Answers how many values were erased. */
async function checkValues(auditChain: AuditChainStore, findings: Findings, page: readonly SealedAuditRow[]): Promise<number> {
  const troubles = await auditChain.troubledValues(page);
  for (const { row, is } of troubles) {
    if (is === 'changed') findings.add('value-changed', `A personal value of ${nameOf(row)} was changed.`, row);
    if (is === 'missing') findings.add('value-missing', `A personal value of ${nameOf(row)} is gone, and no erasure is told of.`, row);
  }
  return troubles.filter(({ is }) => is === 'erased').length;
}

/** Rows that are sealed while the chain is walked move its head on, never back. */
async function checkHead(auditChain: AuditChainStore, findings: Findings, { end, rows }: Walked): Promise<void> {
  const head = await auditChain.head();
  if (head === undefined) return findings.add('head-missing', 'The head of the chain is gone from the database.');
  const isBehind = head.position < end.position || (head.position === end.position && head.hash !== end.hash);
  const isAhead = head.position > end.position && (await auditChain.sealed(end.position, 1)).length === 0;
  if (isBehind || isAhead) findings.add('head-wrong', headWrong(head.position, end.position));
  if ((await auditChain.countSealed(end.position)) !== rows)
    findings.add('row-out-of-place', 'Several rows stand in one place of the chain: rows were put into it that were never sealed.');
}

function headWrong(head: number, end: number): string {
  return `The chain ends at place ${end}, and its head in the database is for place ${head}: rows at its end, or the head, were changed or taken away.`;
}

function checkAnchored(findings: Findings, anchored: number, last: number): void {
  const areAway = findings.kept().some(({ kind }) => kind === 'anchors-away');
  if (anchored <= last || areAway) return;
  findings.add(
    'anchors-missing',
    `The registry was anchored up to place ${anchored}, and the anchors end at ${last}: anchors were taken away.`,
  );
}
