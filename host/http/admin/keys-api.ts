import { z } from 'zod';
import type { HostKeys, Keys, KeyScope } from '../../keys/host-keys.ts';
import type { AppRegistry } from '../../worker/app-registry.ts';
import { sendJson } from '../http-exchange.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { readBody } from '../read-body.ts';

/** Whose keys are looked after. */
export type KeysContext = { readonly app: AppRegistry; readonly keys: HostKeys; readonly url: string };

const MASTER = '_master';
const keyBody = z.object({ value: z.string().min(1) });

/**
 * Answers `/admin/host/{keys|functionkeys|systemkeys}` and `/admin/functions/{name}/keys`, each also with the name of a key: GET lists or shows,
 * POST makes a key or a new value for it, PUT sets the value given, DELETE removes it
 * (https://github.com/Azure/azure-functions-host/wiki/Key-management-API, `KeysController.cs`). `parts` is the path below `/admin/`, decoded;
 * false where it is none of these. The caller has checked the master key.
 */
export async function serveKeysApi(context: KeysContext, exchange: HttpExchange, parts: readonly string[]): Promise<boolean> {
  const target = targetOf(context, parts);
  if (!target) return false;
  const { scope, keyName } = target;
  const { method } = exchange;
  if (keyName === undefined) return method === 'GET' && showAll(context, exchange, scope);
  if (method === 'GET') return showOne(context, exchange, scope, keyName);
  if (method === 'POST') return change(context, exchange, target, undefined);
  if (method === 'PUT') return put(context, exchange, target);
  return method === 'DELETE' && remove(context, exchange, target);
}

type Target = { readonly scope: KeyScope; readonly keyName: string | undefined };

function targetOf({ app }: KeysContext, [kind, first = '', second, third, ...more]: readonly string[]): Target | undefined {
  if (kind === 'host' && third === undefined && /^(?:keys|functionkeys|systemkeys)$/i.test(first))
    return { scope: { is: first.toLowerCase() === 'systemkeys' ? 'systemkeys' : 'functionkeys' }, keyName: second };
  if (kind !== 'functions' || second !== 'keys' || more.length > 0) return undefined;
  const name = [...app.functions.keys()].find((one) => one.toLowerCase() === first.toLowerCase());
  return name === undefined ? undefined : { scope: { is: 'function', name }, keyName: third };
}

function showAll({ keys, url }: KeysContext, { response, url: { pathname } }: HttpExchange, scope: KeyScope): true {
  const list = Object.entries(keys.list(scope)).map(([name, value]) => ({ name, value }));
  sendJson(response, 200, { keys: list, links: links(url, pathname) });
  return true;
}

function showOne({ keys, url }: KeysContext, { response, url: { pathname } }: HttpExchange, scope: KeyScope, name: string): true {
  const known: Keys = scope.is === 'systemkeys' ? { ...keys.list(scope), [MASTER]: keys.master } : keys.list(scope);
  if (!Object.hasOwn(known, name)) sendJson(response, 404);
  else sendJson(response, 200, { name, value: known[name], links: links(url, pathname) });
  return true;
}

async function put(context: KeysContext, exchange: HttpExchange, target: Target): Promise<true> {
  const body = keyBody.safeParse(json((await readBody(exchange.request))?.toString('utf8') ?? ''));
  // The master key opens everything: one that could be guessed is refused.
  const isWeak = target.keyName?.toLowerCase() === MASTER && (body.data?.value.length ?? 0) < 32;
  if (body.success && !isWeak) return change(context, exchange, target, body.data.value);
  sendJson(exchange.response, 400, { message: isWeak && body.success ? 'A master key has at least 32 characters.' : 'Invalid key value' });
  return true;
}

function change({ keys, url }: KeysContext, exchange: HttpExchange, { scope, keyName = '' }: Target, value: string | undefined): true {
  const { response } = exchange;
  const isMaster = scope.is !== 'function' && keyName.toLowerCase() === MASTER;
  if (keyName.startsWith('_') && !isMaster) {
    sendJson(response, 400, { message: 'Invalid key name.' });
    return true;
  }
  const outcome = isMaster ? { value: keys.setMaster(value), isNew: value === undefined } : keys.set(scope, keyName, value);
  sendJson(response, outcome.isNew ? 201 : 200, { name: keyName, value: outcome.value, links: links(url, exchange.url.pathname) });
  return true;
}

function remove({ keys }: KeysContext, { response }: HttpExchange, { scope, keyName = '' }: Target): true {
  if (keyName.startsWith('_')) sendJson(response, 400, { message: 'Invalid key name.' });
  else sendJson(response, keys.remove(scope, keyName) ? 204 : 404);
  return true;
}

function links(url: string, path: string): readonly object[] {
  return [{ rel: 'self', href: `${url}${path}` }];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
