import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { checkRequestBody } from './check-exchange.ts';
import { checkQuery } from './check-query.ts';
import { matchOperation } from './match-operation.ts';

/** A call as it came in: `path` below `/v1.0`, without the query. */
type NotedCall = { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly body: unknown };

/**
 * Notes a call in the file that `SANDBOX_GRAPH_CALLS` names, as a line of JSON: the operation of the contract, and in words what of the request does not fit it. Calls of one operation that fit are noted once. Whoever
 * starts sandboxes can so look over every request of all of them; without the setting nothing is noted.
 */
export function noteCall({ method, path, query, body }: NotedCall): void {
  const file = process.env['SANDBOX_GRAPH_CALLS'];
  if (file === undefined || file === '') return;
  const matched = matchOperation(method, path);
  const isKnown = matched.is === 'operation';
  const operation = isKnown ? matched.key : `${method} ${path}`;
  const problems = isKnown
    ? [...checkQuery(matched.operation, query), ...checkRequestBody(matched, body)]
    : ['no operation of the contract'];
  const line = JSON.stringify({ operation, problems });
  const noted = notedIn.get(file) ?? new Set();
  if (noted.has(line)) return;
  notedIn.set(file, noted.add(line));
  appendFileSync(file, `${line}\n`);
}

const notedIn = new Map<string, Set<string>>();
