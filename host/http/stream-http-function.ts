import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import { invoke } from '../worker/invoke.ts';
import { refuseBody, sendFailure, sendJson } from './http-exchange.ts';
import type { HttpExchange } from './http-exchange.ts';
import { announcesTooMuch, bodyLimit } from './read-body.ts';
import { headersOf, streamMetadata } from './request-data.ts';
import type { RouteMatch } from './routing/http-router.ts';
import type { HttpFunctionContext } from './run-http-function.ts';
import { HOP_BY_HOP } from './write-response.ts';

class TooLarge extends Error {}

const INVOCATION_ID = 'x-ms-invocation-id';

/**
 * Runs an HTTP function of an app that streams (`app.setup({ enableHttpStream: true })`): bodies pass through the server inside `@azure/functions`
 * (`src/http/httpProxy.ts`) piece by piece, both ways, while the function runs. Before the answer has begun, a failure is 500; after that
 * the connection is broken off. A client that leaves ends the passing on; the function runs to its end.
 */
export async function streamHttpFunction(
  context: HttpFunctionContext,
  streamUrl: string,
  match: RouteMatch,
  exchange: HttpExchange,
): Promise<void> {
  if (announcesTooMuch(exchange.request)) return refuseBody(exchange);
  const invocationId = randomUUID();
  const upstream = openUpstream(streamUrl, exchange, invocationId);
  const { fn, returnedNothing } = watched(match.fn);
  const inputData = [{ name: fn.triggerName, data: {} }, ...context.extraInputs(fn.durableClients)];
  const input = { inputData, triggerMetadata: streamMetadata(match, exchange), invocationId };
  const invocation = invoke(context.app, fn, input, context.timeoutMs);
  const answer = passAnswer(upstream, exchange);
  try {
    await Promise.race([answer, invocation.then(() => (returnedNothing() ? undefined : answer))]);
    await invocation;
    if (returnedNothing()) sendJson(exchange.response, 204);
  } catch (error) {
    invocation.catch(() => undefined);
    fail(error, fn.name, exchange);
  } finally {
    answer.catch(() => undefined);
    upstream.destroy();
  }
}

function fail(error: unknown, name: string, exchange: HttpExchange): void {
  const { response } = exchange;
  if (error instanceof TooLarge && !response.headersSent) return refuseBody(exchange);
  // A client that left is no failure of the function.
  if (!response.destroyed || response.writableFinished) logLine('error', name, messageOf(error));
  sendFailure(response);
}

/** The function, and whether its handler has returned nothing: the library then never answers the request that is passed to it. */
function watched(fn: AppFunction): { readonly fn: AppFunction; readonly returnedNothing: () => boolean } {
  let isEmpty = false;
  const callback = async (...args: unknown[]): Promise<unknown> => {
    const result = await fn.callback(...args);
    isEmpty = result === undefined || result === null;
    return result;
  };
  return { fn: { ...fn, callback }, returnedNothing: () => isEmpty };
}

/** Passes the request on to the library's server. */
function openUpstream(streamUrl: string, { request, url, method, response }: HttpExchange, invocationId: string): ClientRequest {
  const headers = Object.fromEntries(Object.entries(headersOf(request)).filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'expect'));
  const forwarded = { 'x-forwarded-host': url.host, 'x-forwarded-proto': url.protocol.slice(0, -1), [INVOCATION_ID]: invocationId };
  const target = new URL(`${url.pathname}${url.search}`, streamUrl);
  const upstream = httpRequest(target, { method, headers: { ...headers, ...forwarded, host: target.host } });
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > bodyLimit()) upstream.destroy(new TooLarge(`The body of the request is over the limit of ${bodyLimit()} bytes.`));
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
  return upstream;
}

async function passAnswer(upstream: ClientRequest, { response }: HttpExchange): Promise<void> {
  const [answer] = (await once(upstream, 'response')) as [IncomingMessage];
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined && !HOP_BY_HOP.has(name) && name !== INVOCATION_ID) response.setHeader(name, value);
  response.writeHead(answer.statusCode ?? 200);
  // The client is to see status and headers even where the first piece of the body takes its time.
  response.flushHeaders();
  await pipeline(answer, response);
}
