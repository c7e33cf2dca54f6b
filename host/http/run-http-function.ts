import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { invoke } from '../worker/invoke.ts';
import type { AppRegistry } from '../worker/app-registry.ts';
import type { ExtraInputs } from '../worker/run-function.ts';
import { refuseBody, sendFailure, sendJson } from './http-exchange.ts';
import type { HttpExchange } from './http-exchange.ts';
import { readBody } from './read-body.ts';
import { requestData } from './request-data.ts';
import type { RouteMatch } from './routing/http-router.ts';
import { writeResponse } from './write-response.ts';

/** What HTTP functions need besides the request. */
export type HttpFunctionContext = {
  readonly app: AppRegistry;
  readonly timeoutMs: number | undefined;
  /** The inputs of a function other than its trigger. */
  readonly extraInputs: ExtraInputs;
  /** Where the app turns on streaming: the server inside the library that requests go through. */
  readonly streamUrl: string | undefined;
};

/**
 * Runs an HTTP function and writes its response: 204 where it returned nothing, 413 for a body over the limit,
 * 500 with an empty body where it threw or took too long; what it threw is in the log, not in the response.
 */
export async function runHttpFunction(context: HttpFunctionContext, match: RouteMatch, exchange: HttpExchange): Promise<void> {
  const { response } = exchange;
  const body = await readBody(exchange.request);
  if (!body) return refuseBody(exchange);
  const { fn } = match;
  try {
    const inputData = [
      { name: fn.triggerName, data: { http: requestData(match, exchange, body) } },
      ...context.extraInputs(fn.durableClients),
    ];
    const http = (await invoke(context.app, fn, { inputData }, context.timeoutMs)).returnValue?.http;
    if (http) writeResponse(response, http);
    else sendJson(response, 204);
  } catch (error) {
    logLine('error', fn.name, messageOf(error));
    sendFailure(response);
  }
}
