import { sendJson } from '../http/http-exchange.ts';
import type { HttpExchange } from '../http/http-exchange.ts';
import type { HistoryEvent } from './history-event.ts';
import type { InstanceRow } from './instance.ts';
import type { InstanceFilter } from './instance-rows.ts';
import { purgeInstances } from './commands.ts';
import type { TaskHub } from './task-hub.ts';
import { viewInstance } from './instance-view.ts';

const PAGE = 1000;
const ENDED: readonly string[] = ['Completed', 'Failed', 'Terminated'];

/** `GET instances/{id}`: 202 while the instance runs, 200 once it has ended, 404 where there is none. */
export async function getInstance(hub: TaskHub, { url, response }: HttpExchange, id: string): Promise<true> {
  await hub.context.batch.committed();
  const row = hub.context.rows.find(id);
  if (!row) return answer(response, 404);
  const asks = (name: string): boolean => url.searchParams.get(name)?.toLowerCase() === 'true';
  const history = asks('showHistory') ? readHistory(hub, row) : undefined;
  const showInput = url.searchParams.get('showInput')?.toLowerCase() !== 'false';
  const view = viewInstance(row, { showInput, history, showHistoryOutput: asks('showHistoryOutput') });
  const isFailure = row.status === 'Failed' && asks('returnInternalServerErrorOnFailure');
  return answer(response, isFailure ? 500 : ENDED.includes(row.status) ? 200 : 202, view);
}

/** `GET instances/`: a page of instances, oldest first; `x-ms-continuation-token` asks for, and announces, the next. */
export async function listInstances(hub: TaskHub, { url, request, response }: HttpExchange): Promise<true> {
  await hub.context.batch.committed();
  const token = request.headers['x-ms-continuation-token'];
  const limit = Math.min(Number(url.searchParams.get('top') ?? PAGE) || PAGE, PAGE);
  const rows = hub.context.rows.list({ ...filterOf(url), after: typeof token === 'string' ? decodeToken(token) : undefined, limit });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  const showInput = url.searchParams.get('showInput')?.toLowerCase() !== 'false';
  const views = rows.map((row) => viewInstance(row, { showInput, history: undefined, showHistoryOutput: false }));
  sendJson(response, 200, views, last ? { 'x-ms-continuation-token': encodeToken(last) } : {});
  return true;
}

/** `DELETE instances/{id}`: removes an instance that has ended; 404 where there is none. */
export async function purgeOne(hub: TaskHub, { response }: HttpExchange, id: string): Promise<true> {
  const row = hub.context.rows.find(id);
  const instancesDeleted = row ? await purgeInstances(hub, [row]) : 0;
  return instancesDeleted > 0 ? answer(response, 200, { instancesDeleted }) : answer(response, 404);
}

/** `DELETE instances/?createdTimeFrom=…`: removes the ended instances of a period; 404 where that is none. */
export async function purgeList(hub: TaskHub, { url, response }: HttpExchange): Promise<true> {
  const filter = filterOf(url);
  if (filter.createdFrom === undefined) return answer(response, 400, "Please provide value for 'createdTimeFrom' parameter.");
  const statuses = (filter.statuses ?? ENDED).filter((status) => ENDED.includes(status));
  let instancesDeleted = 0;
  for (let rows = page(hub, filter, statuses); rows.length > 0; rows = page(hub, filter, statuses))
    instancesDeleted += await purgeInstances(hub, rows);
  return instancesDeleted > 0 ? answer(response, 200, { instancesDeleted }) : answer(response, 404);
}

function page(hub: TaskHub, filter: Omit<InstanceFilter, 'limit'>, statuses: readonly string[]): readonly InstanceRow[] {
  return statuses.length === 0 ? [] : hub.context.rows.list({ ...filter, statuses, limit: PAGE });
}

function filterOf(url: URL): Omit<InstanceFilter, 'limit'> {
  const time = (name: string): number | undefined => {
    const at = Date.parse(url.searchParams.get(name) ?? '');
    return Number.isNaN(at) ? undefined : at;
  };
  const statuses = url.searchParams
    .get('runtimeStatus')
    ?.split(',')
    .map((status) => status.trim())
    .filter((status) => status !== '');
  return {
    createdFrom: time('createdTimeFrom'),
    createdTo: time('createdTimeTo'),
    statuses,
    idPrefix: url.searchParams.get('instanceIdPrefix') ?? undefined,
  };
}

function readHistory(hub: TaskHub, row: InstanceRow): readonly HistoryEvent[] {
  return hub.context.work.readHistory(row.key).flatMap((piece) => JSON.parse(piece.events) as HistoryEvent[]);
}

function encodeToken(row: InstanceRow): string {
  return Buffer.from(`${row.createdAt}.${row.key}`).toString('base64url');
}

function decodeToken(token: string): { readonly createdAt: number; readonly key: number } | undefined {
  const found = /^(\d+)\.(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  return found ? { createdAt: Number(found[1]), key: Number(found[2]) } : undefined;
}

function answer(response: HttpExchange['response'], status: number, value?: unknown): true {
  sendJson(response, status, value);
  return true;
}
