import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import type { Json } from './json.ts';

/** A resource as it is read: only its id is sure. */
export type Resource = Json & { readonly id: string };

const resource: z.ZodType<Resource> = z.looseObject({ id: z.string().min(1) });
const page = z.object({ totalResults: z.number(), Resources: z.array(resource).nullish() });

/** What to list: an endpoint, at most `count` at once, and query options such as `filter`. */
export type Listing = { readonly path: string; readonly count: number; readonly options?: Readonly<Record<string, string>> };

/**
 * Resources page by page, each once (RFC 7644 section 3.4.2.4: `startIndex` counts from 1, and a page may hold fewer than were asked for). Throws
 * `target-answer-invalid` where a server gives fewer than it says it has, as one does that knows no `startIndex`.
 */
export async function* listResources(api: Api, { path, count, options }: Listing, signal: AbortSignal): AsyncGenerator<Resource> {
  const seen = new Set<string>();
  for (let startIndex = 1, total = 1; startIndex <= total;) {
    const query = { ...options, startIndex: String(startIndex), count: String(count) };
    const reply = await api.read({ method: 'GET', path: withQuery(path, query) }, signal);
    const { totalResults, Resources } = parseReply(api.system, reply, page);
    const found = Resources ?? [];
    const fresh = found.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    yield* fresh;
    if (fresh.length === 0 && seen.size >= totalResults) return;
    if (fresh.length === 0) throw incomplete(api, seen.size, totalResults);
    total = totalResults;
    startIndex += found.length;
  }
}

/** A part must never be taken for the whole: who is not in it would count as gone. */
function incomplete(api: Api, read: number, total: number): GatehouseError {
  return new GatehouseError(
    'target-answer-invalid',
    `${api.system} says that it has ${total} resources, and gives no more than ${read} of them.`,
  );
}

/** Reads one resource with the version that a change of it has to name; throws `target-not-found` where there is none. */
export async function readResource(
  api: Api,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly resource: Resource; readonly version: string | undefined }> {
  const reply = await api.read({ method: 'GET', path }, signal);
  const found = parseReply(api.system, reply, resource);
  return { resource: found, version: reply.etag ?? versionIn(found) };
}

const versioned = z.object({ meta: z.object({ version: z.string().min(1) }) });

function versionIn(found: Resource): string | undefined {
  return versioned.safeParse(found).data?.meta.version;
}
