import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpExchange } from './http-exchange.ts';

/**
 * Whether a request carries the key, in the header `x-functions-key` or in the query parameter `code`
 * (https://learn.microsoft.com/azure/azure-functions/function-keys-how-to#use-access-keys). The comparison takes the same time for every key.
 */
export function hasKey({ request, url }: Pick<HttpExchange, 'request' | 'url'>, key: string): boolean {
  const header = request.headers['x-functions-key'];
  const given = typeof header === 'string' ? header : url.searchParams.get('code');
  return given !== null && timingSafeEqual(digest(given), digest(key));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
