import { answers } from '../answers.ts';
import type { Client } from '../client.ts';

/** Computing a long chain anew takes its time: about half a minute for a million rows. */
const patienceMs = 10 * 60_000;

/** Has the audit verified, and says up to where it is proved and what is wrong with it. */
export async function verifyAudit(client: Client): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const verdict = answers.verdict.parse(await client.get('/api/audit/verify', patienceMs));
  const { isWhole, sealed, notProven, notSealed, oldestNotSealedAt, erasedValues, provenTo, anchors } = verdict;
  const lines = [
    isWhole
      ? `The audit is whole: ${rows(sealed)} sealed in one chain.`
      : `The audit is NOT whole: ${verdict.findingCount} found to be wrong.`,
    ...verdict.findings.map(({ message }) => `  ✗ ${message}`),
    ...(verdict.findingCount > verdict.findings.length ? [`  … and ${verdict.findingCount - verdict.findings.length} more`] : []),
    provenTo === null
      ? `Proved up to no anchor: none in ${anchors} agrees with it yet.`
      : `Proved up to anchor ${provenTo.anchor} of ${provenTo.at} in ${anchors}: ${rows(provenTo.position)}.`,
    `Sealed after that, and not proved: ${notProven}.`,
    `Not sealed yet: ${notSealed}${oldestNotSealedAt === null ? '' : `, the oldest of ${oldestNotSealedAt}`}.`,
    ...(erasedValues > 0 ? [`Personal values erased, as the audit itself tells: ${erasedValues}.`] : []),
  ];
  return { text: lines.join('\n'), isWhole };
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
