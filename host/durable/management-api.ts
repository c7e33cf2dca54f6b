import { sendJson } from '../http/http-exchange.ts';
import type { HttpExchange } from '../http/http-exchange.ts';
import { hasKey } from '../http/has-key.ts';
import { readBody } from '../http/read-body.ts';
import { serveEntities } from './entities/entity-api.ts';
import { RPC_PATH, WEBHOOK_PATH, managementUrls } from './client-urls.ts';
import type { DurableAddress } from './client-urls.ts';
import { raiseEvent, restartInstance, resumeInstance, startInstance, suspendInstance, terminateInstance } from './commands.ts';
import type { CommandOutcome, StartOutcome } from './commands.ts';
import { getInstance, listInstances, purgeList, purgeOne } from './instance-queries.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Answers the durable HTTP API (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api);
 * false where the path is not of it. The public path needs the system key (`code` or `x-functions-key`), the
 * path of the app's own clients a secret that is new at each start.
 */
export async function serveDurableApi(hub: TaskHub, address: DurableAddress, exchange: HttpExchange): Promise<boolean> {
  const path = exchange.url.pathname;
  const isPublic = path.startsWith(`${WEBHOOK_PATH}/`);
  const rpc = `${RPC_PATH}/${address.rpcSecret}/`;
  if (!isPublic && !path.startsWith(`${RPC_PATH}/`)) return false;
  if (isPublic ? !hasKey(exchange, address.key) : !path.startsWith(rpc)) {
    sendJson(exchange.response, 401);
    return true;
  }
  const parts = segments(path.slice(isPublic ? WEBHOOK_PATH.length + 1 : rpc.length));
  const answer = parts ? await route(hub, address, exchange, parts) : undefined;
  if (answer === undefined) sendJson(exchange.response, 404);
  return true;
}

/** The decoded parts of a path; `undefined` where it is not well encoded. */
function segments(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .map(decodeURIComponent)
      .filter((part) => part !== '');
  } catch {
    return undefined;
  }
}

async function route(hub: TaskHub, address: DurableAddress, exchange: HttpExchange, parts: readonly string[]): Promise<true | undefined> {
  const { method } = exchange;
  const [kind, first, operation, name] = parts;
  if (kind === 'orchestrators' && method === 'POST' && first) return start(hub, address, exchange, { name: first, id: operation });
  if (kind === 'entities') return serveEntities(hub, exchange, parts.slice(1));
  if (kind !== 'instances') return undefined;
  if (!first) return method === 'GET' ? listInstances(hub, exchange) : method === 'DELETE' ? purgeList(hub, exchange) : undefined;
  if (!operation)
    return method === 'GET' ? getInstance(hub, exchange, first) : method === 'DELETE' ? purgeOne(hub, exchange, first) : undefined;
  if (method !== 'POST') return undefined;
  return command(hub, address, exchange, { id: first, operation, name });
}

type Target = { readonly name: string; readonly id: string | undefined };

async function start(hub: TaskHub, address: DurableAddress, exchange: HttpExchange, { name, id }: Target): Promise<true> {
  const body = await readJsonText(exchange);
  if (body === undefined) return refuse(exchange, 400, 'Invalid JSON content');
  const version = exchange.url.searchParams.get('version') ?? undefined;
  return answerStart(hub, address, exchange, await startInstance(hub, { name, id, version, input: body }));
}

function answerStart(hub: TaskHub, address: DurableAddress, exchange: HttpExchange, outcome: StartOutcome): true {
  if (outcome.is === 'started') {
    const urls = managementUrls(address, outcome.id);
    sendJson(exchange.response, 202, urls, { location: urls['statusQueryGetUri'] ?? '', 'retry-after': '10' });
    return true;
  }
  // The extension answers 500 for an id that exists, 400 for the rest.
  return refuse(exchange, outcome.is === 'exists' ? 500 : 400, outcome.message);
}

type Command = { readonly id: string; readonly operation: string; readonly name: string | undefined };

async function command(
  hub: TaskHub,
  address: DurableAddress,
  exchange: HttpExchange,
  { id, operation, name }: Command,
): Promise<true | undefined> {
  const reason = exchange.url.searchParams.get('reason') ?? '';
  switch (operation) {
    case 'raiseEvent':
      return name ? raise(hub, exchange, id, name) : undefined;
    case 'terminate':
      return answer(exchange, await terminateInstance(hub, id, reason));
    case 'suspend':
      return answer(exchange, await suspendInstance(hub, id, reason));
    case 'resume':
      return answer(exchange, await resumeInstance(hub, id, reason));
    case 'rewind':
      return refuse(exchange, 501, 'This host does not offer rewind. Restart the instance instead.');
    case 'restart':
      return restart(hub, address, exchange, id);
    default:
      return undefined;
  }
}

async function raise(hub: TaskHub, exchange: HttpExchange, id: string, name: string): Promise<true> {
  const body = await readJsonText(exchange);
  return body === undefined ? refuse(exchange, 400, 'Invalid JSON content') : answer(exchange, await raiseEvent(hub, id, name, body));
}

async function restart(hub: TaskHub, address: DurableAddress, exchange: HttpExchange, id: string): Promise<true> {
  const withNewId = exchange.url.searchParams.get('restartWithNewInstanceId') !== 'false';
  const outcome = await restartInstance(hub, id, withNewId);
  return outcome === 'missing' ? answer(exchange, outcome) : answerStart(hub, address, exchange, outcome);
}

const STATUS: Readonly<Record<CommandOutcome, number>> = { accepted: 202, missing: 404, ended: 410, conflict: 500 };

function answer(exchange: HttpExchange, outcome: CommandOutcome): true {
  if (outcome === 'conflict') return refuse(exchange, STATUS[outcome], 'The instance is not in a state for this operation.');
  sendJson(exchange.response, STATUS[outcome]);
  return true;
}

function refuse(exchange: HttpExchange, status: number, exceptionMessage: string): true {
  const message =
    status === 400 ? 'One or more of the arguments submitted is incorrect' : 'Something went wrong while processing your request';
  sendJson(exchange.response, status, { message, exceptionMessage });
  return true;
}

/** A JSON body as text, `null` where it is empty, `undefined` where it is no JSON. */
async function readJsonText(exchange: HttpExchange): Promise<string | null | undefined> {
  const bytes = await readBody(exchange.request);
  const text = bytes?.toString('utf8').trim();
  if (text === '') return null;
  try {
    return text === undefined ? undefined : JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
