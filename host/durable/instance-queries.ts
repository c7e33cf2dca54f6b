import { sendJson } from '../http/http-exchange.ts';
import type { HttpExchange } from '../http/http-exchange.ts';
import { answerArgument } from './answer-error.ts';
import { purgeInstances } from './commands.ts';
import { decodeToken, encodeToken } from './continuation-token.ts';
import type { Cursor } from './continuation-token.ts';
import { viewHistory } from './history-view.ts';
import type { InstanceFilter } from './instance-list.ts';
import type { InstanceRow } from './instance.ts';
import { viewInstance } from './instance-view.ts';
import { Query } from './query.ts';
import type { TaskHub } from './task-hub.ts';

/** Sizes of a page: what the extension takes where nothing is asked for (`OrchestrationStatusQueryCondition`), and the most that is given. */
const PAGE = 100;
const LONGEST_PAGE = 1000;
const TOKEN_HEADER = 'x-ms-continuation-token';
const ENDED: readonly string[] = ['Completed', 'Failed', 'Terminated'];

/** `GET instances/{id}`: 202 while the instance runs, 200 once it has ended (500 for a failed one, where that is asked for), 404 where there is none. */
export async function getInstance(hub: TaskHub, exchange: HttpExchange, id: string): Promise<true> {
  await hub.context.batch.committed();
  return answerStatus(hub, exchange, id);
}

/** Answers with the state of an instance as it is now. The history is only read where it is asked for. */
export function answerStatus(hub: TaskHub, { url, response }: HttpExchange, id: string): true {
  const row = hub.context.rows.find(id);
  if (!row) return answer(response, 404);
  const query = new Query(url);
  const showInput = query.flag('showInput') ?? true;
  const showHistory = query.flag('showHistory') === true && row.status !== 'Pending';
  const options = { showInput, showOutput: query.flag('showHistoryOutput') ?? false };
  const view = viewInstance(row, showInput, showHistory ? viewHistory(row, hub.context.work.events(row.key), options) : undefined);
  if (!ENDED.includes(row.status)) {
    sendJson(response, 202, view, { location: url.href, 'retry-after': '5' });
    return true;
  }
  const isFailure = row.status === 'Failed' && query.flag('returnInternalServerErrorOnFailure') === true;
  return answer(response, isFailure ? 500 : 200, view);
}

/** `GET instances/`: a page of instances; the header `x-ms-continuation-token` asks for, and announces, the next. */
export async function listInstances(hub: TaskHub, { url, request, response }: HttpExchange): Promise<true> {
  await hub.context.batch.committed();
  const query = new Query(url);
  const header = request.headers[TOKEN_HEADER];
  const after = header ? decodeToken(String(header)) : undefined;
  if (header && !after) return answerArgument(response, `The continuation token "${String(header)}" is none that this host gave.`);
  const limit = Math.min(query.count('top') ?? PAGE, LONGEST_PAGE);
  // One more than asked for tells whether there is a next page.
  const found = hub.context.rows.list({ ...filterOf(query), after, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const showInput = query.flag('showInput') ?? true;
  const views = rows.map((row) => viewInstance(row, showInput));
  sendJson(response, 200, views, last ? { [TOKEN_HEADER]: encodeToken(last) } : {});
  return true;
}

/** `DELETE instances/{id}`: removes an instance that has ended; 404 where there is none, 412 where it has not ended. */
export async function purgeOne(hub: TaskHub, { response }: HttpExchange, id: string): Promise<true> {
  const row = hub.context.rows.find(id);
  if (!row) return answer(response, 404);
  const instancesDeleted = await purgeInstances(hub, [row]);
  if (instancesDeleted > 0) return answer(response, 200, { instancesDeleted });
  return answer(
    response,
    412,
    `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${id} has status ${row.status}`,
  );
}

/** `DELETE instances/?createdTimeFrom=…`: removes the ended instances of a period, a page in each transaction; 404 where that is none. */
export async function purgeList(hub: TaskHub, { url, response }: HttpExchange): Promise<true> {
  const filter = filterOf(new Query(url));
  if (filter.createdFrom === undefined) return answer(response, 400, "Please provide value for 'createdTimeFrom' parameter.");
  const statuses = (filter.statuses ?? ENDED).filter((status) => ENDED.includes(status));
  const page = (after: Cursor | undefined): readonly InstanceRow[] =>
    hub.context.rows.list({ ...filter, idPrefix: undefined, statuses, after, limit: LONGEST_PAGE });
  let instancesDeleted = 0;
  for (let rows = page(undefined); rows.length > 0; rows = page(rows.at(-1))) instancesDeleted += await purgeInstances(hub, rows);
  return instancesDeleted > 0 ? answer(response, 200, { instancesDeleted }) : answer(response, 404);
}

function filterOf(query: Query): Omit<InstanceFilter, 'limit'> {
  return {
    createdFrom: query.time('createdTimeFrom'),
    createdTo: query.time('createdTimeTo'),
    statuses: query.statuses('runtimeStatus'),
    idPrefix: query.text('instanceIdPrefix'),
  };
}

function answer(response: HttpExchange['response'], status: number, value?: unknown): true {
  sendJson(response, status, value);
  return true;
}
