/** A published rate: calls in any second and in any minute. */
export type Rate = { readonly perSecond: number; readonly perMinute: number };

/** Rates of the Premium tier (https://docs.oracle.com/en-us/iaas/Content/Identity/sku/api-rate-limiting.htm). */
export const premiumRates = {
  token: { perSecond: 65, perMinute: 3400 },
  authentication: { perSecond: 95, perMinute: 4500 },
  other: { perSecond: 90, perMinute: 5000 },
} as const;

/** Says of each call whether it is within the rate; calls beyond it do not count. */
export type RateLimit = { readonly admit: () => boolean };

/** A rate limit over a sliding second and minute of a clock in milliseconds that never falls. */
export function rateLimit(rate: Rate, monotonic: () => number): RateLimit {
  let times: number[] = [];
  const admit = (): boolean => {
    const now = monotonic();
    if ((times[0] ?? now) <= now - 60_000) times = times.filter((time) => time > now - 60_000);
    // The times are in order, so the call that is `perSecond` back decides for the whole second.
    const secondAgo = times.at(-rate.perSecond);
    const isTooMany = times.length >= rate.perMinute || (secondAgo !== undefined && secondAgo > now - 1000);
    if (!isTooMany) times.push(now);
    return !isTooMany;
  };
  return { admit };
}
