import { runKillCampaign } from '../../test/host/kills/kill-campaign.ts';

/** How long to go on: so many kills, or until an instant of `performance.now()`, whatever comes first. */
export type HostSoak = { readonly seed: number; readonly kills: number; readonly endsAt: number };

const KILLS_IN_CAMPAIGN = 25;
const PATIENCE_MS = 120_000;

/** Kills a host under a mixed load, campaign after campaign, and prints what came of each. False once something was lost, doubled or stuck. */
export async function soakHost({ seed, kills, endsAt }: HostSoak): Promise<boolean> {
  let made = 0;
  for (let own = seed; made < kills && (made === 0 || performance.now() < endsAt); own += 1) {
    const killsNow = Math.min(KILLS_IN_CAMPAIGN, kills - made);
    const { faults, ...counts } = await runKillCampaign({ seed: own, kills: killsNow, patienceMs: PATIENCE_MS });
    made += killsNow;
    console.log(
      `Host, seed ${own}: ${killsNow} kills, ${counts.killsAtStart} during a start; ${counts.instances} orchestrations, ${counts.events} events, ${counts.messages} messages`,
    );
    for (const fault of faults) console.error(`    ${fault}`);
    if (faults.length > 0) {
      console.error(`The host failed. Again: npm run soak -- --host --kills ${killsNow} --seed ${own}`);
      return false;
    }
  }
  console.log(`${made} kills of the host, nothing lost, nothing double, nothing stuck.`);
  return true;
}
