import { describe, expect, it } from 'vitest';
import { createGovernor } from '../../../shared/connectors/http/governor.ts';
import { createMemoryLedger } from '../../../shared/connectors/http/memory-ledger.ts';
import { ociCost, ociQuota, type OciTier } from '../../../shared/connectors/oci/oci-quota.ts';
import { createFakePace } from '../http/fake-pace.ts';

const others = { url: 'https://idcs-1.identity.oraclecloud.com/admin/v1/Users/1' };
const factors = { url: 'https://idcs-1.identity.oraclecloud.com/admin/v1/AuthenticationFactorsRemover' };
// https://docs.oracle.com/en-us/iaas/Content/Identity/sku/api-rate-limiting.htm: a second, a minute; of authentication and of others.
const published: readonly (readonly [OciTier, number, number, number, number])[] = [
  ['free', 10, 150, 20, 150],
  ['oracle-apps', 50, 1_000, 50, 1_500],
  ['apps-premium', 80, 2_100, 55, 1_750],
  ['premium', 95, 4_500, 90, 5_000],
  ['external', 90, 3_100, 80, 4_000],
];

describe.each(published)('the calls to a domain of type %s', (tier, ...figures) => {
  it.each([
    ['authentication', factors, figures[0], figures[1]],
    ['others', others, figures[2], figures[3]],
  ] as const)(
    'of the group %s never exceed its rate in any second or minute, and waste little of it',
    async (_, request, perSecond, perMinute) => {
      const fake = createFakePace();
      // A timer waits whole milliseconds.
      const pace = { ...fake, wait: (ms: number, signal: AbortSignal) => fake.wait(Math.ceil(ms), signal) };
      const governor = createGovernor(ociQuota(tier), { key: 'test', ledger: createMemoryLedger(), pace });
      const sent: number[] = [];
      const start = pace.now();
      while (pace.now() - start < 61_000) {
        try {
          await governor.admit(ociCost(request), 'normal', AbortSignal.timeout(60_000));
          sent.push(pace.now());
        } catch {
          pace.pass(1_000);
        }
      }
      const most = (windowMs: number) => {
        let oldest = 0;
        return Math.max(
          ...sent.map((at, index) => {
            while ((sent[oldest] ?? at) <= at - windowMs) oldest += 1;
            return index - oldest + 1;
          }),
        );
      };
      expect(most(1_000)).toBeLessThanOrEqual(perSecond);
      expect(most(60_000)).toBeLessThanOrEqual(perMinute);
      expect(sent.length).toBeGreaterThan(perMinute * 0.85);
    },
  );
});

describe('the groups of calls', () => {
  it('are counted apart, so that work on second factors leaves the quota of users alone', () => {
    const groups = (url: string) => Object.keys(ociCost({ url })).map((name) => name.split('/')[0]);
    expect(new Set(groups(others.url))).toEqual(new Set(['others']));
    expect(new Set(groups(factors.url))).toEqual(new Set(['authentication']));
    expect(new Set(groups('https://d/admin/v1/BypassCodes/1'))).toEqual(new Set(['authentication']));
  });
});
