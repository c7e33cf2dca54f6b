import { z } from 'zod';
import type { Api, ApiRequest } from './api.ts';
import { linkPath } from './link-path.ts';
import { parseReply } from './parse-reply.ts';

/**
 * Every item of a Graph collection, page by page, each checked by `item`. A next link (https://learn.microsoft.com/graph/paging) is followed only to the
 * same service: the token must not go elsewhere.
 */
export async function* graphPages<T>(api: Api, request: ApiRequest, item: z.ZodType<T>, signal: AbortSignal): AsyncGenerator<T> {
  const page = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
  for (let next: ApiRequest | undefined = request; next !== undefined;) {
    const { value, '@odata.nextLink': link }: z.infer<typeof page> = parseReply(api.system, await api.read(next, signal), page);
    yield* value;
    next = link === undefined ? undefined : { ...request, path: linkPath(api, link) };
  }
}

/** The whole collection as a list. */
export async function graphList<T>(api: Api, request: ApiRequest, item: z.ZodType<T>, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const one of graphPages(api, request, item, signal)) items.push(one);
  return items;
}
