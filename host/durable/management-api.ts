import { sendJson } from '../http/http-exchange.ts';
import type { HttpExchange } from '../http/http-exchange.ts';
import { hasKey } from '../http/has-key.ts';
import type { ApiCall } from './api-call.ts';
import { RPC_PATH, WEBHOOK_PATH } from './client-urls.ts';
import type { DurableAddress } from './client-urls.ts';
import { serveEntities } from './entities/entity-api.ts';
import { command, raise, rewind } from './instance-commands.ts';
import { getInstance, listInstances, purgeList, purgeOne } from './instance-queries.ts';
import { restart, startOrchestration } from './instance-starts.ts';
import { Query } from './query.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Answers the durable HTTP API (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api;
 * paths, statuses and bodies as in the extension's `HttpApiHandler.cs`); false where the path is not of it. The public
 * path needs the system key (`code` or `x-functions-key`), the path of the app's own clients a secret that is new at each start.
 */
export async function serveDurableApi(hub: TaskHub, address: DurableAddress, exchange: HttpExchange): Promise<boolean> {
  const path = exchange.url.pathname;
  const isPublic = path.toLowerCase().startsWith(`${WEBHOOK_PATH}/`);
  const rpc = `${RPC_PATH}/${address.rpcSecret}/`;
  if (!isPublic && !path.startsWith(`${RPC_PATH}/`)) return false;
  if (isPublic ? !hasKey(exchange, address.key) : !path.startsWith(rpc)) {
    sendJson(exchange.response, 401);
    return true;
  }
  const parts = segments(path.slice(isPublic ? WEBHOOK_PATH.length + 1 : rpc.length));
  const hubName = new Query(exchange.url).text('taskHub')?.trim().toLowerCase();
  const isHere = !hubName || hubName === address.hubName.toLowerCase();
  const call = { hub, address: { ...address, url: originOf(address, exchange) }, exchange };
  if (!isHere || !(await route(call, parts))) sendJson(exchange.response, 404);
  return true;
}

/** Addresses that are given out begin with the one under which the client reached the host. */
function originOf({ usesForwardedHost }: DurableAddress, { request, url }: HttpExchange): string {
  const { 'x-forwarded-host': name, 'x-forwarded-proto': scheme } = request.headers;
  const forwarded = `${String(scheme)}://${String(name)}`;
  return usesForwardedHost && name && scheme && URL.canParse(forwarded) ? new URL(forwarded).origin : url.origin;
}

/** The parts of a path, which is decoded as a whole, a plus being a space (`WebUtility.UrlDecode`): an encoded slash separates parts. */
function segments(path: string): readonly string[] {
  const text = path.replaceAll('+', ' ');
  try {
    return decodeURIComponent(text)
      .replace(/^\/+|\/+$/g, '')
      .split('/');
  } catch {
    return text.split('/');
  }
}

/** Answers a request whose path and method there are; false for any other. Words of a path may be in any case. */
async function route(call: ApiCall, parts: readonly string[]): Promise<boolean> {
  const [kind = '', first, operation, name] = parts;
  if (parts.length > 4 || parts.includes('')) return false;
  switch (kind.toLowerCase()) {
    case 'orchestrators':
      return isMethod(call, 'POST') && first !== undefined && name === undefined && startOrchestration(call, first, operation);
    case 'instances':
      return first === undefined ? routeList(call) : routeInstance(call, first, [operation, name]);
    case 'entities':
      return (await serveEntities(call.hub, call.exchange, parts.slice(1))) ?? false;
    case 'makeprimary':
      // There is one host, and it is the primary one.
      if (first === undefined) sendJson(call.exchange.response, 200);
      return first === undefined;
    default:
      return false;
  }
}

async function routeList({ hub, exchange }: ApiCall): Promise<boolean> {
  if (exchange.method === 'GET') return listInstances(hub, exchange);
  return exchange.method === 'DELETE' && purgeList(hub, exchange);
}

async function routeInstance(call: ApiCall, id: string, [operation, name]: readonly (string | undefined)[]): Promise<boolean> {
  const { hub, exchange } = call;
  if (operation !== undefined) return isMethod(call, 'POST') && routeOperation(call, id, [operation, name]);
  if (isMethod(call, 'GET')) return getInstance(hub, exchange, id);
  return isMethod(call, 'DELETE') && purgeOne(hub, exchange, id);
}

async function routeOperation(call: ApiCall, id: string, [operation, name]: readonly [string, string | undefined]): Promise<boolean> {
  const word = operation.toLowerCase();
  if (name !== undefined) return word === 'raiseevent' && raise(call, id, name);
  if (word === 'rewind') return rewind(call, id);
  if (word === 'restart') return restart(call, id);
  return command(call, id, word);
}

function isMethod({ exchange }: ApiCall, method: string): boolean {
  return exchange.method === method;
}
