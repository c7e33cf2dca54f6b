import { z } from 'zod';
import type { Api, Reply } from './api.ts';
import { foundOrUndefined } from './found-or-undefined.ts';
import { parseReply } from './parse-reply.ts';

// https://learn.microsoft.com/graph/json-batching
const most = 20;
const answer = z.object({ responses: z.array(z.object({ id: z.string(), status: z.number(), body: z.unknown() })) });

/**
 * Reads several addresses, 20 to a `$batch`, in the order in which they were asked for; undefined for what is not there. Items are answered in any order, each for itself: one that failed, such as a throttled one, is read again alone, which
 * waits as it was asked and throws what `read` throws. Only for reading: that an item's write was lost could not be told from its answer.
 */
export async function readInBatches(api: Api, paths: readonly string[], signal: AbortSignal): Promise<readonly (Reply | undefined)[]> {
  const parts = Array.from({ length: Math.ceil(paths.length / most) }, (_, index) => paths.slice(index * most, (index + 1) * most));
  return (await Promise.all(parts.map((part) => readBatch(api, part, signal)))).flat();
}

async function readBatch(api: Api, paths: readonly string[], signal: AbortSignal): Promise<readonly (Reply | undefined)[]> {
  const alone = (path: string) => foundOrUndefined(api.read({ method: 'GET', path }, signal));
  if (paths.length === 1) return Promise.all(paths.map(alone));
  const requests = paths.map((url, index) => ({ id: String(index), method: 'GET', url }));
  const reply = await api.read({ method: 'POST', path: '/$batch', body: { requests } }, signal);
  const { responses } = parseReply(api.system, reply, answer);
  return Promise.all(
    paths.map(async (path, index) => {
      const found = responses.find(({ id }) => id === String(index));
      if (found?.status === 404) return undefined;
      if (found?.status === 200) return { status: 200, body: found.body, requestId: reply.requestId };
      return alone(path);
    }),
  );
}
