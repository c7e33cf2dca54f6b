import { z } from 'zod';
import type { FoundLicence, LicenceReader } from '../../ports/readers/licences.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList } from '../http/graph-pages.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import type { RecentObjects } from './recent-objects.ts';

const user = z.object({
  assignedLicenses: z.array(z.object({ skuId: z.string() })).nullish(),
  licenseAssignmentStates: z.array(z.object({ skuId: z.string(), assignedByGroup: z.string().nullish() })).nullish(),
});
const sku = z.object({
  skuId: z.string(),
  consumedUnits: z.number().nullish(),
  prepaidUnits: z.object({ enabled: z.number().nullish(), warning: z.number().nullish() }).nullish(),
});

/** Reads licences, each with the group it comes from (https://learn.microsoft.com/graph/api/resources/licenseassignmentstate), and the seats of the tenant. */
export function createLicenceReader(api: Api, recent: RecentObjects): LicenceReader {
  return {
    licencesOf: async (accountId, signal) => {
      const reading = readLicences(api, accountId, signal);
      return (recent.has(accountId) ? await foundOrUndefined(reading) : await reading) ?? [];
    },
    seatsLeft: async (skuId, signal) => {
      const skus = await graphList(api, { method: 'GET', path: '/subscribedSkus' }, sku, signal);
      const found = skus.find((one) => one.skuId === skuId);
      if (found === undefined) return undefined;
      // Seats in their grace period (`warning`) can still be given.
      return (found.prepaidUnits?.enabled ?? 0) + (found.prepaidUnits?.warning ?? 0) - (found.consumedUnits ?? 0);
    },
  };
}

async function readLicences(api: Api, accountId: string, signal: AbortSignal): Promise<readonly FoundLicence[]> {
  const path = withQuery(`/users/${encodeURIComponent(accountId)}`, { $select: 'id,assignedLicenses,licenseAssignmentStates' });
  const found = parseReply(api.system, await api.read({ method: 'GET', path }, signal), user);
  const states = found.licenseAssignmentStates ?? [];
  return (found.assignedLicenses ?? []).map(({ skuId }) => {
    const ways = states.filter((state) => state.skuId === skuId);
    const isDirect = ways.length === 0 || ways.some(({ assignedByGroup }) => assignedByGroup == null);
    return { skuId, viaGroup: isDirect ? null : (ways[0]?.assignedByGroup ?? null) };
  });
}
