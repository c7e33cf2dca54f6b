import { sendJson } from '../../http/http-exchange.ts';
import type { HttpExchange } from '../../http/http-exchange.ts';
import { readBody } from '../../http/read-body.ts';
import { answerError } from '../answer-error.ts';
import type { TaskHub } from '../task-hub.ts';
import { entityIdOf, schedulerId } from './entity-id.ts';
import type { EntityId } from './entity-id.ts';
import type { EntityRow } from './entity-rows.ts';

const PAGE = 100;

/**
 * The HTTP API of entities (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api;
 * extension, `HttpApiHandler.cs`): `GET entities/{name}/{key}` the state, `POST …?op=` a signal, `DELETE` the signal
 * `delete`, `GET entities/` and `GET entities/{name}` a list. The key `$` is the empty key. `undefined`: no such route.
 */
export async function serveEntities(hub: TaskHub, exchange: HttpExchange, parts: readonly string[]): Promise<true | undefined> {
  const [name, key] = parts;
  const { method } = exchange;
  if (method === 'GET' && key === undefined) return list(hub, exchange, name);
  if (name === undefined || key === undefined || parts.length > 2) return undefined;
  const target = { name, key: key === '$' ? '' : key };
  if (method === 'GET') return read(hub, exchange, target);
  if (method === 'POST') return signal(hub, exchange, target, exchange.url.searchParams.get('op') ?? '');
  return method === 'DELETE' ? signal(hub, exchange, target, 'delete') : undefined;
}

async function read(hub: TaskHub, { response }: HttpExchange, target: EntityId): Promise<true> {
  await hub.context.batch.committed();
  const entity = hub.entityRows.find(schedulerId(target));
  if (entity?.exists) sendJson(response, 200, stateOf(entity));
  else sendJson(response, 404);
  return true;
}

async function signal(hub: TaskHub, exchange: HttpExchange, target: EntityId, operation: string): Promise<true> {
  const fn = hub.functions.find(target.name, 'entity');
  if ('missing' in fn) return answerError(exchange.response, 400, fn.missing);
  const body = (await readBody(exchange.request))?.toString('utf8');
  if (body === undefined) return answerError(exchange.response, 413, 'The input is larger than 100 MB.');
  const isJson = /^application\/json\b/i.test(exchange.request.headers['content-type'] ?? '');
  const input = isJson ? jsonText(body) : JSON.stringify(body);
  if (input === undefined) return answerError(exchange.response, 400, 'Could not parse JSON content.');
  hub.entities.signal(target, operation, body === '' ? null : input);
  await hub.context.batch.committed();
  sendJson(exchange.response, 202);
  return true;
}

async function list(hub: TaskHub, { url, request, response }: HttpExchange, name: string | undefined): Promise<true> {
  await hub.context.batch.committed();
  const asked = url.searchParams;
  const token = request.headers['x-ms-continuation-token'];
  const limit = Math.min(Number(asked.get('top')) || PAGE, PAGE);
  const rows = hub.entityRows.list({
    name,
    updatedFrom: timeOf(asked.get('lastOperationTimeFrom')) ?? 0,
    updatedTo: timeOf(asked.get('lastOperationTimeTo')) ?? Number.MAX_SAFE_INTEGER,
    after: typeof token === 'string' ? Buffer.from(token, 'base64url').toString() : '',
    limit,
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  const withState = asked.get('fetchState')?.toLowerCase() === 'true';
  const views = rows.map((row) => ({
    entityId: entityIdOf(row.id),
    lastOperationTime: new Date(row.updatedAt).toISOString(),
    state: withState ? stateOf(row) : null,
  }));
  sendJson(response, 200, views, last ? { 'x-ms-continuation-token': Buffer.from(last.id).toString('base64url') } : {});
  return true;
}

function stateOf(entity: EntityRow): unknown {
  return entity.state === null ? null : JSON.parse(entity.state);
}

function timeOf(text: string | null): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function jsonText(body: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(body === '' ? 'null' : body));
  } catch {
    return undefined;
  }
}
