/**
 * The wait that an answer asks for, in milliseconds: `Retry-After` in seconds, which Graph may send as a fraction
 * (https://learn.microsoft.com/graph/throttling), or as an HTTP date (RFC 9110 section 10.2.3) counted from the answer's own `Date`.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const until = Date.parse(text);
  const answered = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(until) || Number.isNaN(answered) ? undefined : Math.max(0, until - answered);
}
