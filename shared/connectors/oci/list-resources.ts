import { z } from 'zod';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const pageSize = 1000;

/** All resources of a collection that match a SCIM filter, each checked by `item` (RFC 7644 section 3.4.2). */
export async function listResources<T>(
  api: Api,
  query: { readonly path: string; readonly filter: string; readonly item: z.ZodType<T> },
  signal: AbortSignal,
): Promise<readonly T[]> {
  const page = z.object({ totalResults: z.number(), Resources: z.array(query.item).nullish() });
  const items: T[] = [];
  for (let total = 1; items.length < total;) {
    const options = { filter: query.filter, startIndex: String(items.length + 1), count: String(pageSize) };
    const reply = await api.read({ method: 'GET', path: withQuery(query.path, options) }, signal);
    const { totalResults, Resources } = parseReply(api.system, reply, page);
    // A page that is empty before the end would otherwise be asked for again for ever.
    if (Resources == null || Resources.length === 0) break;
    items.push(...Resources);
    total = totalResults;
  }
  return items;
}
