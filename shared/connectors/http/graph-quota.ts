import { z } from 'zod';
import type { QuotaCost } from '../../domain/quota.ts';
import type { Quota } from './governor.ts';
import type { WireRequest } from './wire.ts';

/** The size of the tenant, by which Graph grants resource units: S below 50 users, M to 500, L above. */
export type TenantSize = 'S' | 'M' | 'L';

const unitsPer10Seconds: Readonly<Record<TenantSize, number>> = { S: 3_500, M: 5_000, L: 8_000 };
const writesPer150Seconds = 3_000;
// Room for answers that arrive bunched. All processes share one ledger, so that nobody else spends under the same registration.
const ourShare = 0.99;

/** Identity and access limits per application and tenant, which Graph itself keeps as token buckets (https://learn.microsoft.com/graph/throttling-limits). */
export function graphQuota(size: TenantSize): Quota {
  const units = unitsPer10Seconds[size] * ourShare;
  const writes = writesPer150Seconds * ourShare;
  const limits = [
    { name: 'units', burst: units, perSecond: units / 10, reserve: units / 20 },
    // The reserve is about a dozen people's containment at once; what comes after goes to containment first anyway.
    { name: 'writes', burst: writes, perSecond: writes / 150, reserve: writes / 50 },
    // The page has no figure for /authentication/*, so a modest one; a 429 slows it down further.
    { name: 'authentication', burst: 40, perSecond: 10, reserve: 5 },
    // Outlook: 10,000 requests in 10 minutes per application and mailbox (same page). Whether in fixed or sliding windows is not said, so a fifth may go at
    // once and four fifths by and by: then no window of either kind sees more than the figure.
    { name: 'outlook', burst: 2_000 * ourShare, perSecond: (8_000 / 600) * ourShare, reserve: 20 },
  ];
  return { limits, spanMs: 1_000 };
}

const unitsByPath: readonly (readonly [RegExp, number])[] = [
  [/\/checkMemberGroups$/, 4],
  [/\/transitiveMembers/, 5],
  [/\/(members|getByIds)/, 3],
  [/\/subscribedSkus/, 3],
  [/\/users$|\/(memberOf|transitiveMemberOf|licenseDetails|getMemberGroups|appRoleAssignments)/, 2],
];

/** What a request costs, a batch as much as its items: any write of identity and access 1 unit and 1 write; reads by path, `$select` one less, `$expand` one more, `$top` below 20 one less, never under 1. */
export function graphCost(request: WireRequest): QuotaCost {
  const url = new URL(request.url);
  if (url.pathname.endsWith('/$batch')) return costOfBatch(request, url.origin);
  if (/\/(messages|mailFolders|mailboxSettings)\b/.test(url.pathname)) return { outlook: 1 };
  // Another service, whose calls are no part of identity and access (same page).
  if (url.pathname.includes('/authentication/')) return { authentication: 1 };
  const isRead = request.method === 'GET' || /\/(checkMemberGroups|getMemberGroups|getByIds)$/.test(url.pathname);
  if (!isRead) return { units: 1, writes: 1 };
  const base = unitsByPath.find(([path]) => path.test(url.pathname))?.[1] ?? 1;
  const top = Number(url.searchParams.get('$top') ?? 100);
  const change = (url.searchParams.has('$expand') ? 1 : 0) - (url.searchParams.has('$select') ? 1 : 0) - (top < 20 ? 1 : 0);
  return { units: Math.max(1, base + change) };
}

const batch = z.object({ requests: z.array(z.object({ method: z.string(), url: z.string() })) });

/** Batching saves calls, not quota (https://learn.microsoft.com/graph/throttling). */
function costOfBatch(request: WireRequest, origin: string): QuotaCost {
  const total: Record<string, number> = {};
  for (const { method, url } of batch.parse(JSON.parse(request.body ?? '{}')).requests) {
    const costs = graphCost({ ...request, method, url: `${origin}/v1.0${url}`, body: undefined });
    for (const [name, cost] of Object.entries(costs)) total[name] = (total[name] ?? 0) + cost;
  }
  return total;
}
