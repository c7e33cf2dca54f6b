import type { QuotaCost } from '../../domain/quota.ts';
import type { Quota } from '../http/governor.ts';
import type { WireRequest } from '../http/wire.ts';

/** The type of the identity domain, by which Oracle limits its calls. */
export type OciTier = 'free' | 'oracle-apps' | 'apps-premium' | 'premium' | 'external';

type Rate = readonly [perSecond: number, perMinute: number];

/**
 * Requests per second and per minute, of the group that authentication is counted in and of "Others", to which Users and Groups belong (https://docs.oracle.com/en-us/iaas/Content/Identity/sku/api-rate-limiting.htm). The
 * third group, tokens, needs no governor: one is fetched an hour.
 */
const published: Readonly<Record<OciTier, { readonly authentication: Rate; readonly others: Rate }>> = {
  free: { authentication: [10, 150], others: [20, 150] },
  'oracle-apps': { authentication: [50, 1_000], others: [50, 1_500] },
  'apps-premium': { authentication: [80, 2_100], others: [55, 1_750] },
  premium: { authentication: [95, 4_500], others: [90, 5_000] },
  external: { authentication: [90, 3_100], others: [80, 4_000] },
};

/** Endpoints that are counted as authentication (same page). */
const authenticating = /\/admin\/v1\/(AuthenticationFactorsRemover|Devices|BypassCodes|TrustedUserAgents)\b/;

/**
 * The limits as token buckets. Whether Oracle counts in fixed or sliding windows is not documented, so a part may go at once and most of it by and by: then no window of
 * either kind sees more than the figure, the tenth of a second counted in for which a slice may be held.
 */
export function ociQuota(tier: OciTier): Quota {
  const limits = Object.entries(published[tier]).flatMap(([group, [perSecond, perMinute]]) => [
    { name: `${group}/second`, burst: perSecond / 10, perSecond: (perSecond * 8) / 10, reserve: perSecond / 40 },
    { name: `${group}/minute`, burst: perMinute / 5, perSecond: (perMinute * 0.79) / 60, reserve: perMinute / 100 },
  ]);
  return { limits, spanMs: 100 };
}

/** What a request costs: one of its group. */
export function ociCost(request: Pick<WireRequest, 'url'>): QuotaCost {
  const group = authenticating.test(new URL(request.url).pathname) ? 'authentication' : 'others';
  return { [`${group}/second`]: 1, [`${group}/minute`]: 1 };
}
