import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpExchange } from './http-exchange.ts';

/**
 * Whether a request carries one of the keys, in the header `x-functions-key` or, where that is absent, in the query parameter `code`
 * (https://learn.microsoft.com/azure/azure-functions/function-keys-how-to#use-access-keys). The comparison takes the same time for every key.
 */
export function hasKey({ request, url }: Pick<HttpExchange, 'request' | 'url'>, ...keys: readonly string[]): boolean {
  const header = request.headers['x-functions-key'];
  const given = typeof header === 'string' ? header : url.searchParams.get('code');
  if (given === null) return false;
  const digestOfGiven = digest(given);
  return keys.map((key) => timingSafeEqual(digestOfGiven, digest(key))).includes(true);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
