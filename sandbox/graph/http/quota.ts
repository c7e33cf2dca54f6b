import type { World } from '../../foundation/world.ts';
import { graphClient } from '../../tokens/clients.ts';
import { tenant } from '../../tokens/tenant.ts';
import { GraphFailure } from './graph-failure.ts';
import type { Cost } from './resource-units.ts';

type Bucket = { level: number; filledAt: number };
type Limit = { readonly capacity: number; readonly periodMs: number };

// https://learn.microsoft.com/graph/throttling-limits#identity-and-access-service-limits: for one application in one tenant.
const writeLimit: Limit = { capacity: 3000, periodMs: 150_000 };
const unitPeriodMs = 10_000;

/** The quota of one application in the tenant: two token buckets, kept in memory as the service's own are. */
export type Quota = {
  /** Spends a cost and returns the headers that tell of it. Throws 429 with `Retry-After` when a bucket is empty. */
  readonly spend: (world: World, cost: Cost, users: number) => Readonly<Record<string, string>>;
};

/** Opens a full quota. */
export function openQuota(): Quota {
  const units: Bucket = { level: Number.POSITIVE_INFINITY, filledAt: 0 };
  const writes: Bucket = { level: Number.POSITIVE_INFINITY, filledAt: 0 };
  const spend = (world: World, cost: Cost, users: number): Readonly<Record<string, string>> => {
    const unitLimit: Limit = { capacity: unitsFor(users), periodMs: unitPeriodMs };
    refill(units, unitLimit, world.now());
    refill(writes, writeLimit, world.now());
    if (units.level < cost.units) throw throttled('ResourceUnitLimitExceeded', waitMs(units, unitLimit, cost.units));
    if (writes.level < cost.writes) throw throttled('WriteLimitExceeded', waitMs(writes, writeLimit, cost.writes));
    units.level -= cost.units;
    writes.level -= cost.writes;
    return {
      'x-ms-resource-unit': String(cost.units),
      ...usage(Math.max(1 - units.level / unitLimit.capacity, 1 - writes.level / writeLimit.capacity)),
    };
  };
  return { spend };
}

/** Resource units in 10 seconds by tenant size: below 50 users, to 500, above. */
function unitsFor(users: number): number {
  if (users < 50) return 3500;
  return users <= 500 ? 5000 : 8000;
}

function refill(bucket: Bucket, limit: Limit, now: number): void {
  // A world clock that was set back must not stop the flow.
  const elapsed = Math.max(0, now - bucket.filledAt);
  bucket.level = Math.min(limit.capacity, bucket.level + (elapsed * limit.capacity) / limit.periodMs);
  bucket.filledAt = now;
}

function waitMs(bucket: Bucket, limit: Limit, wanted: number): number {
  return Math.ceil(((wanted - bucket.level) * limit.periodMs) / limit.capacity);
}

// The header is sent above 0.8 only.
function usage(share: number): Readonly<Record<string, string>> {
  return share > 0.8 ? { 'x-ms-throttle-limit-percentage': share.toFixed(2) } : {};
}

function throttled(information: 'ResourceUnitLimitExceeded' | 'WriteLimitExceeded', retryMs: number): GraphFailure {
  return new GraphFailure(429, 'TooManyRequests', 'Too Many Requests', {
    headers: {
      'Retry-After': String(Math.max(1, retryMs) / 1000),
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${graphClient.id}/${tenant.id}`,
      'x-ms-throttle-information': information,
    },
  });
}
