import type { RpcHttpData, RpcTypedData } from '../worker/rpc-types.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { RouteMatch } from './routing/http-router.ts';

/**
 * A request as the host hands it to the function. A query parameter or header that is repeated arrives as one, joined by a comma, as on Azure
 * (azure-functions-host, `GrpcMessageConversionExtensions.cs`); the address has it as it was sent.
 */
export function requestData(match: RouteMatch, { request, url, method }: HttpExchange, body: Buffer): RpcHttpData {
  return {
    method,
    url: url.href,
    nullableHeaders: nullable(headersOf(request)),
    nullableQuery: nullable(queryOf(url)),
    nullableParams: nullable(match.parameters),
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  };
}

/** What the function is told besides the request that is streamed to it: query, headers, and each parameter of query and route. */
export function streamMetadata(match: RouteMatch, { request, url }: HttpExchange): Readonly<Record<string, RpcTypedData>> {
  const query = queryOf(url);
  const metadata: Record<string, RpcTypedData> = {};
  for (const [name, value] of Object.entries({ ...query, ...match.parameters })) metadata[name] = { string: value };
  return { ...metadata, Query: { json: JSON.stringify(query) }, Headers: { json: JSON.stringify(headersOf(request)) } };
}

/** Headers as the function gets them: the peer is added to `x-forwarded-for`, as the front end of Azure does (azure-functions-host#3790 shows it). */
export function headersOf({ headers, socket }: Pick<HttpExchange['request'], 'headers' | 'socket'>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) result[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  if (socket.remoteAddress !== undefined)
    result['x-forwarded-for'] = hops(result['x-forwarded-for'], `${socket.remoteAddress}:${socket.remotePort ?? 0}`);
  return result;
}

function hops(before: string | undefined, peer: string): string {
  return before === undefined || before === '' ? peer : `${before}, ${peer}`;
}

function queryOf(url: URL): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of new Set(url.searchParams.keys())) result[name] = url.searchParams.getAll(name).join(',');
  return result;
}

function nullable(values: Readonly<Record<string, string>>): Record<string, { readonly value: string }> {
  const result: Record<string, { readonly value: string }> = {};
  for (const [name, value] of Object.entries(values)) result[name] = { value };
  return result;
}
