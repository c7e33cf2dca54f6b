import { expect, it } from 'vitest';
import { sized } from '../support/full-size.ts';
import { runKillCampaign } from './kills/kill-campaign.ts';

const kills = sized(6, 20);

it(
  `a host that is killed ${kills} times at random under a mixed load loses nothing it acknowledged, doubles no event, leaves nothing stuck, and gives what a model of it gives`,
  { timeout: 180_000 },
  async () => {
    const seed = Number(process.env['GATEHOUSE_TEST_SEED'] ?? Math.floor(Math.random() * 1_000_000));
    const { faults, ...counts } = await runKillCampaign({ seed, kills, patienceMs: 60_000 });
    console.log(`Kills (again with GATEHOUSE_TEST_SEED=${seed}): ${JSON.stringify(counts)}`);
    expect(faults).toEqual([]);
    expect(Math.min(counts.instances, counts.events, counts.messages)).toBeGreaterThan(kills / 2);
  },
);
