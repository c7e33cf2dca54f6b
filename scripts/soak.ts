// npm run soak [-- --kills N] [--minutes N] [--seed N] [--host]: a few kills of the host alone, then campaigns of fifty hires with kills and faults, one after the other, until
// so many kills were made or so much time has passed; with --host all of it is the host alone, any app on it. The seed is printed, so that a campaign that fails can be had again. Exit code 1 when a simulated system is not as it must be.
import { parseArgs } from 'node:util';
import { runCampaign } from '../test/support/campaign-run.ts';
import { campaignTable } from '../test/support/campaign-table.ts';
import { soakHost } from './soak/soak-host.ts';

const killsInCampaign = 12;
const shortHostKills = 5;
const defaultMinutes = 2;

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { kills: text, minutes: text, seed: text, host: { type: 'boolean', default: false } } });
const wantedKills = numberOf('kills', values.kills);
const minutes = numberOf('minutes', values.minutes) ?? (wantedKills === undefined ? defaultMinutes : Number.POSITIVE_INFINITY);
const seed = numberOf('seed', values.seed) ?? Math.floor(Math.random() * 1_000_000);

const endsAt = performance.now() + minutes * 60_000;
const hostKills = values.host ? (wantedKills ?? Number.POSITIVE_INFINITY) : shortHostKills;
if (!(await soakHost({ seed, kills: hostKills, endsAt }))) process.exit(1);
if (values.host) process.exit(0);

let kills = 0;
for (let campaign = 1; campaign === 1 || (performance.now() < endsAt && kills < (wantedKills ?? Number.POSITIVE_INFINITY)); campaign += 1) {
  const own = seed + campaign - 1;
  const killsNow = Math.min(killsInCampaign, (wantedKills ?? Number.POSITIVE_INFINITY) - kills);
  console.log(`Campaign ${campaign}, seed ${own}`);
  const report = await runCampaign({
    seed: own,
    hires: 50,
    kills: killsNow,
    withFaults: true,
    patienceMs: 5 * 60_000,
    tell: (line) => console.log(`    ${line}`),
  });
  kills += killsNow;
  console.log(campaignTable(report));
  if (report.findings.length + report.silentFaults.length > 0) {
    console.error(`Campaign ${campaign} failed. Again: npm run soak -- --kills ${killsNow} --seed ${own}`);
    process.exit(1);
  }
}
console.log(`${kills} kills, nothing lost, nothing double.`);

function numberOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`--${name} is “${given}”: give a number.`);
  return process.exit(1);
}
