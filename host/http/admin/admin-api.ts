import { hostname } from 'node:os';
import { HOST_VERSION } from '../../worker/functions-core.ts';
import type { AppFunction, AppRegistry } from '../../worker/app-registry.ts';
import type { HostKeys } from '../../keys/host-keys.ts';
import { hasKey } from '../has-key.ts';
import { sendJson } from '../http-exchange.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { describeFunction } from './describe-function.ts';
import { serveKeysApi } from './keys-api.ts';
import { runByHand } from './run-by-hand.ts';
import { serveClock } from './serve-clock.ts';
import type { ClockContext } from './serve-clock.ts';

/** What the admin API needs. */
export type AdminContext = {
  readonly app: AppRegistry;
  /** The name of the host, as Azure makes one for each app. */
  readonly hostId: string;
  readonly instanceId: string;
  readonly url: string;
  readonly routePrefix: string;
  readonly keys: HostKeys;
  /** Runs a function that HTTP does not trigger, with the text given; does not throw. */
  readonly runNow: (fn: AppFunction, input: string) => void;
} & ClockContext;

/**
 * Answers the admin API below `/admin/`, which needs the master key but for `/admin/host/ping`: state, clock, functions, keys, runs by hand
 * (azure-functions-host, `HostController.cs`, `FunctionsController.cs`, `KeysController.cs`); false where the path is not of it.
 */
export async function serveAdminApi(context: AdminContext, exchange: HttpExchange): Promise<boolean> {
  const { response } = exchange;
  const [room, ...parts] = partsOf(exchange.url.pathname) ?? [];
  if (room?.toLowerCase() !== 'admin') return false;
  if (parts.join('/') === 'host/ping') ping(exchange);
  else if (!hasKey(exchange, context.keys.master)) sendJson(response, 401);
  else if (!(await serveWithKey(context, exchange, parts))) sendJson(response, 404);
  return true;
}

async function serveWithKey(context: AdminContext, exchange: HttpExchange, parts: readonly string[]): Promise<boolean> {
  const [kind, name = '', operation = ''] = parts;
  if (parts.join('/') === 'host/status' && exchange.method === 'GET') {
    sendJson(exchange.response, 200, status(context));
    return true;
  }
  if (parts.join('/') === 'host/clock') {
    await serveClock(context, exchange);
    return true;
  }
  if (kind === 'functions' && operation !== 'keys') return serveFunctions(context, exchange, name, operation);
  return serveKeysApi(context, exchange, parts);
}

function ping({ method, response }: HttpExchange): void {
  if (method !== 'GET' && method !== 'POST') return sendJson(response, 404);
  sendJson(response, 200, undefined, { 'cache-control': 'no-store,no-cache', pragma: 'no-cache' });
}

/** The decoded parts of a path; `undefined` where it is not well encoded. */
function partsOf(path: string): readonly string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

async function serveFunctions(context: AdminContext, exchange: HttpExchange, name: string, operation: string): Promise<boolean> {
  const { response, method } = exchange;
  const functions = [...context.app.functions.values()];
  const describe = (fn: AppFunction): object => describeFunction(fn, context.url, context.routePrefix);
  const fn = functions.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (method === 'GET' && name === '') sendJson(response, 200, functions.map(describe));
  // What is wrong with a function ends the start of this host, so one that runs has no errors to tell.
  else if (method === 'GET' && fn && operation === 'status') sendJson(response, 200, {});
  else if (method === 'GET' && fn && operation === '') sendJson(response, 200, describe(fn));
  else if (method === 'POST' && fn && operation === '') await runByHand(context.runNow, fn, exchange);
  else return false;
  return true;
}

function status({ hostId, instanceId }: AdminContext): object {
  return {
    id: hostId,
    state: 'Running',
    version: HOST_VERSION,
    versionDetails: HOST_VERSION,
    platformVersion: process.version,
    instanceId,
    computerName: hostname(),
    processUptime: Math.round(process.uptime() * 1000),
    functionAppContentEditingState: 'NotAllowed',
  };
}
