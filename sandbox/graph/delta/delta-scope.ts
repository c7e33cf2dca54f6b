import type { GraphCall } from '../http/graph-call.ts';
import { badRequest, GraphFailure } from '../http/graph-failure.ts';
import type { Filter } from '../odata/filter.ts';
import { filterOf, shapeOf } from '../odata/query-options.ts';
import type { DeltaScope } from './delta-token.ts';

// https://learn.microsoft.com/graph/api/user-delta#odata-query-parameters, and .../group-delta
const unsupported = ['$top', '$skip', '$orderby', '$expand', '$search', '$count'];
const mostIds = 50;

/** What the first request of a round asks to be tracked. Throws 400 for options that delta does not have, and for a filter other than by id. */
export function scopeOf(call: GraphCall): DeltaScope {
  const option = unsupported.find((name) => call.query.has(name));
  if (option !== undefined) throw new GraphFailure(400, 'Request_UnsupportedQuery', `Query option '${option}' is not supported by delta.`);
  const filter = filterOf(call, true);
  const ids = filter === undefined ? undefined : idsOf(filter);
  if (ids !== undefined && ids.length > mostIds) throw badRequest(`Delta filters by at most ${mostIds} ids.`);
  return { select: shapeOf(call).select, ids };
}

function idsOf(filter: Filter): readonly string[] {
  if (filter.is === 'or') return [...idsOf(filter.left), ...idsOf(filter.right)];
  const isId = (filter.is === 'compare' || filter.is === 'in') && filter.path.length === 1 && filter.path[0] === 'id';
  if (isId && filter.is === 'compare' && filter.operator === 'eq') return [String(filter.value).toLowerCase()];
  if (isId && filter.is === 'in') return filter.values.map((value) => String(value).toLowerCase());
  throw new GraphFailure(400, 'Request_UnsupportedQuery', "Delta filters by id only: id eq '…' or id eq '…'.");
}
