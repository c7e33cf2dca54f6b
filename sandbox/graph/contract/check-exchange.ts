import { checkQuery } from './check-query.ts';
import { matchOperation, type MatchedOperation } from './match-operation.ts';
import { checkBody } from './validators.ts';

/** A request and, where there is one, its answer. `path` starts with `/v1.0` and carries the query. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly requestBody?: unknown;
  /** Absent, or 0 for a connection that was cut: only the request is checked. */
  readonly status?: number;
  readonly responseBody?: unknown;
};

/** Checks a recorded exchange against the contract. Returns what does not fit, in words; nothing when all of it fits. */
export function checkExchange(exchange: Exchange): readonly string[] {
  const { pathname, searchParams } = new URL(exchange.path, 'https://graph.microsoft.com');
  const matched = matchOperation(exchange.method, pathname.replace(/^\/v1\.0/, ''));
  if (matched.is !== 'operation') return [`${exchange.method} ${pathname} is not an operation of the contract.`];
  const answered =
    exchange.status === undefined || exchange.status === 0 ? [] : checkAnswer(matched, exchange.status, exchange.responseBody);
  return [...checkQuery(matched.operation, searchParams), ...checkRequestBody(matched, exchange.requestBody), ...answered];
}

/** Checks a request body against its operation: present where required, absent where none is taken, fitting, nothing read-only. */
export function checkRequestBody(matched: MatchedOperation, body: unknown): readonly string[] {
  const { requestBody } = matched.operation;
  const place = ['paths', matched.template, matched.method.toLowerCase(), 'requestBody', 'content'];
  const isEmpty = body === undefined || isEmptyObject(body);
  if (requestBody?.content === undefined) return isEmpty ? [] : ['The operation takes no body.'];
  if (body === undefined) return requestBody.required === true ? ['A body is required.'] : [];
  const media = 'application/json' in requestBody.content ? 'application/json' : Object.keys(requestBody.content)[0];
  const sent = matched.operation['x-idWritable'] === true ? withoutIds(body) : body;
  return media === undefined ? [] : checkBody('request', [...place, media, 'schema'], asIfSecure(matched, sent));
}

// An id is read-only elsewhere; these operations name by it what they are about, such as the assignment that is to end. Any other value than text stays, and does not fit.
function withoutIds(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).filter(([name, value]) => name !== 'id' || typeof value !== 'string');
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutIds(value)]));
}

/** Checks an answer against its operation: a documented status, a body exactly where one is documented, and fitting. */
export function checkAnswer(matched: MatchedOperation, status: number, body: unknown): readonly string[] {
  const { responses } = matched.operation;
  const name = [String(status), `${Math.floor(status / 100)}XX`].find((candidate) => candidate in responses);
  if (name === undefined) return [`Status ${status} is not documented.`];
  const content = responses[name]?.content;
  if (content === undefined) return body === undefined ? [] : [`Status ${status} has no body.`];
  if ('text/plain' in content) return [];
  const place = ['paths', matched.template, matched.method.toLowerCase(), 'responses', name, 'content', 'application/json', 'schema'];
  return body === undefined ? [`Status ${status} needs a body.`] : checkBody('answer', place, body);
}

// Graph posts notices to https only; here they stay on loopback, where there is no certificate to check.
function asIfSecure(matched: MatchedOperation, body: unknown): unknown {
  if (matched.template !== '/subscriptions' || typeof body !== 'object' || body === null) return body;
  const { notificationUrl }: { readonly notificationUrl?: unknown } = body;
  const isLoopback = typeof notificationUrl === 'string' && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/.test(notificationUrl);
  return isLoopback ? { ...body, notificationUrl: notificationUrl.replace(/^http:/, 'https:') } : body;
}

function isEmptyObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0;
}
