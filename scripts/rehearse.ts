// npm run rehearse -- [--people N] [--days N] [--seed N] [--kills N] [--happenings N] [--fail-percent N]: a seeded virtual year, judged by what HR told alone. Exit code 1 when anything is not
// as it has to be. The same seed gives the same year and the same failing calls.
import { parseArgs } from 'node:util';
import { runRehearsal } from './rehearse/run-rehearsal.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { people: text, days: text, seed: text, kills: text, happenings: text, 'fail-percent': text, weekdays: text },
});
const people = numberOf('people', values.people) ?? 2000;
const length = numberOf('days', values.days) ?? 365;
const hoursTogether = 6;
const yearlyHappeningsEach = 0.6;
const fewest = 120;

const report = await runRehearsal({
  seed: numberOf('seed', values.seed) ?? 7,
  people,
  days: length,
  happenings: numberOf('happenings', values.happenings) ?? Math.max(fewest, Math.round((people * length * yearlyHappeningsEach) / 365)),
  kills: numberOf('kills', values.kills) ?? 20,
  failPercent: numberOf('fail-percent', values['fail-percent']) ?? 5,
  weekdays: values.weekdays === undefined ? [1, 2, 3, 4, 5] : [...values.weekdays].map(Number),
  windowMs: hoursTogether * 3_600_000,
  nightlyDays: 1,
  patienceMs: 5 * 60_000,
  tell: ({ at, done, of }) => {
    console.log(`${new Date(at).toISOString()}  ${done} of ${of}`);
  },
});
console.log(JSON.stringify({ ...report, findings: report.findings.length }, null, 2));
for (const finding of report.findings) console.log(finding);
process.exit(report.findings.length === 0 ? 0 : 1);

function numberOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`--${name} is “${given}”: give a number.`);
  return process.exit(1);
}
