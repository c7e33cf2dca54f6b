import { expect, it } from 'vitest';
import { runCampaign } from '../support/campaign-run.ts';
import { campaignTable } from '../support/campaign-table.ts';
import { sized } from '../support/full-size.ts';

const size = sized({ hires: 8, kills: 3 }, { hires: 24, kills: 7 });

it(
  `${size.hires} hires end right, each account, pass and mail once, though the process is killed at random moments and every target misbehaves`,
  { timeout: 240_000 },
  async () => {
    const seed = Number(process.env['GATEHOUSE_TEST_SEED'] ?? Math.floor(Math.random() * 1_000_000));
    const report = await runCampaign({ seed, ...size, withFaults: true, patienceMs: 180_000 });
    console.log(`Campaign (again with GATEHOUSE_TEST_SEED=${seed}):\n${campaignTable(report)}`);
    expect(report.findings).toEqual([]);
    expect(report.silentFaults).toEqual([]);
  },
);
