import { z } from 'zod';
import type { PassReader } from '../../ports/readers/passes.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList } from '../http/graph-pages.ts';
import { methodKind } from './method-kinds.ts';
import type { RecentObjects } from './recent-objects.ts';

const pass = z.object({
  id: z.string(),
  isUsable: z.boolean().nullish(),
  methodUsabilityReason: z.string().nullish(),
  startDateTime: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  lifetimeInMinutes: z.number().nullish(),
});
const method = z.object({ '@odata.type': z.string() });
// Neither is a method of the person's own: everybody has a password, and a pass is what we are about to give.
const notTheirs = new Set(['password', 'temporaryAccessPass']);

/**
 * Reads Temporary Access Passes and the kinds of other methods (https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview). A pass that
 * is `NotYetValid` is live: it becomes usable at its start.
 */
export function createPassReader(api: Api, recent: RecentObjects): PassReader {
  const list = async <T>(accountId: string, collection: string, item: z.ZodType<T>, signal: AbortSignal): Promise<readonly T[]> => {
    const path = `/users/${encodeURIComponent(accountId)}/authentication/${collection}`;
    const reading = graphList(api, { method: 'GET', path }, item, signal);
    return (recent.has(accountId) ? await foundOrUndefined(reading) : await reading) ?? [];
  };
  return {
    passesOf: async (accountId, signal) => {
      const passes = await list(accountId, 'temporaryAccessPassMethods', pass, signal);
      return passes.map((found) => ({
        id: found.id,
        live: found.isUsable === true || found.methodUsabilityReason === 'NotYetValid',
        startsAt: found.startDateTime ?? found.createdDateTime ?? '',
        lifetimeMinutes: found.lifetimeInMinutes ?? 0,
      }));
    },
    otherMethodsOf: async (accountId, signal) => {
      const methods = await list(accountId, 'methods', method, signal);
      return methods.map((found) => methodKind(found['@odata.type'])).filter((kind) => !notTheirs.has(kind));
    },
  };
}
