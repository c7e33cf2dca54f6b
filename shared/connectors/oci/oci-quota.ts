import type { QuotaLimit } from '../http/governor.ts';

/** The type of the identity domain, by which Oracle limits its calls. */
export type OciTier = 'free' | 'oracle-apps' | 'apps-premium' | 'premium' | 'external';

/** Requests per second and per minute of the group "Others", to which Users and Groups belong (https://docs.oracle.com/en-us/iaas/Content/Identity/sku/api-rate-limiting.htm). */
const published: Readonly<Record<OciTier, readonly [number, number]>> = {
  free: [20, 150],
  'oracle-apps': [50, 1_500],
  'apps-premium': [55, 1_750],
  premium: [90, 5_000],
  external: [80, 4_000],
};

/**
 * The limits as token buckets. Whether Oracle counts in fixed or sliding windows is not documented, so a fifth may go at once and four fifths by and by: then no
 * window of either kind sees more than the figure.
 */
export function ociLimits(tier: OciTier): readonly QuotaLimit[] {
  const [perSecond, perMinute] = published[tier];
  return [
    { name: 'second', burst: perSecond / 5, perSecond: (perSecond * 4) / 5 },
    { name: 'minute', burst: perMinute / 5, perSecond: (perMinute * 4) / 5 / 60 },
  ];
}
