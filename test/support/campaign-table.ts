import type { CampaignReport } from './campaign-run.ts';

/** A campaign in a few lines for people. */
export function campaignTable(report: CampaignReport): string {
  const requests = Object.entries(report.counters).map(([system, { reads, writes }]) => `${system} ${reads} read, ${writes} written`);
  const runs = Object.entries(report.runs).map(([state, count]) => `${count} ${state}`);
  const rows: readonly (readonly [string, string])[] = [
    ['seed', String(report.seed)],
    ['hires', String(report.hires)],
    ['kills', `${report.kills}, and ${report.killedBeforeReady} during a start`],
    ['faults that struck', String(report.faultsStruck)],
    ['time', `${report.seconds} s`],
    ['runs', runs.join(', ')],
    ['requests', requests.join('; ')],
    ['findings', report.findings.length === 0 ? 'none' : String(report.findings.length)],
    ...report.findings.map((finding) => ['', finding] as const),
    ...report.gaps.map((gap) => ['gap', gap] as const),
    ...report.silentFaults.map((fault) => ['never struck', fault] as const),
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(20)}${value}`).join('\n');
}
