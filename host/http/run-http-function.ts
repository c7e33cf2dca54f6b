import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { invoke } from '../worker/invoke.ts';
import type { AppRegistry } from '../worker/app-registry.ts';
import type { NamedData, RpcHttpData } from '../worker/rpc-types.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { RouteMatch } from './http-router.ts';
import { readBody } from './read-body.ts';
import { setCookie } from './set-cookie.ts';

/** What HTTP functions need besides the request. */
export type HttpFunctionContext = {
  readonly app: AppRegistry;
  readonly timeoutMs: number | undefined;
  /** The inputs of a function other than its trigger. */
  readonly extraInputs: (names: readonly string[]) => readonly NamedData[];
};

/**
 * Runs an HTTP function and writes its response: 204 where it returned nothing, 413 for a body over the limit,
 * 500 with an empty body where it threw; what it threw is in the log, not in the response.
 */
export async function runHttpFunction(context: HttpFunctionContext, match: RouteMatch, exchange: HttpExchange): Promise<void> {
  const { response } = exchange;
  const body = await readBody(exchange.request);
  if (!body) return endEarly(exchange, 413);
  try {
    const inputData = [
      { name: match.fn.triggerName, data: { http: toRpc(match, exchange, body) } },
      ...context.extraInputs(match.fn.durableClients),
    ];
    const result = await invoke(context.app, match.fn, { inputData }, context.timeoutMs);
    const http = result.returnValue?.http;
    if (http) writeResponse(exchange, http);
    else response.writeHead(204).end();
  } catch (error) {
    logLine('error', match.fn.name, messageOf(error));
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-length': '0' }).end();
  }
}

function endEarly({ request, response }: HttpExchange, status: number): void {
  response.writeHead(status, { 'content-length': '0', connection: 'close' }).end();
  request.resume();
}

function toRpc(match: RouteMatch, { request, url, method }: HttpExchange, body: Buffer): RpcHttpData {
  return {
    method,
    url: url.href,
    nullableHeaders: nullable(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
    ),
    nullableQuery: nullable(url.searchParams),
    nullableParams: nullable(Object.entries(match.parameters)),
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  };
}

function nullable(entries: Iterable<readonly [string, string]>): Record<string, { readonly value: string }> {
  const result: Record<string, { readonly value: string }> = {};
  for (const [name, value] of entries) result[name] = { value };
  return result;
}

function writeResponse({ response }: HttpExchange, http: RpcHttpData): void {
  const body = http.body?.bytes ?? Buffer.from(http.body?.string ?? '');
  const status = Number(http.statusCode ?? 200);
  for (const [name, value] of Object.entries(http.headers ?? {})) response.setHeader(name, value);
  const cookies = (http.cookies ?? []).map(setCookie);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (status !== 204 && status !== 304) response.setHeader('content-length', String(body.length));
  response.writeHead(status).end(body);
}
