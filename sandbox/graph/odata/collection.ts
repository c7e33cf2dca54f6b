import type { GraphAnswer, GraphCall } from '../http/graph-call.ts';
import { badRequest } from '../http/graph-failure.ts';
import type { DirectoryObject } from '../store/entities.ts';
import { satisfies } from './evaluate-filter.ts';
import { compareText, orderBy } from './order-by.ts';
import { presentObject } from './present-object.ts';
import { filterOf, isAdvancedQuery, pageSize, shapeOf } from './query-options.ts';

type Item = Readonly<Record<string, unknown>> & { readonly id: string };

/** Answers a collection of directory objects: `$filter`, `$orderby`, `$count`, `$select`, `$expand`, pages of `$top` (100, at most 999) linked by `@odata.nextLink`. */
export function objectCollection(call: GraphCall, objects: readonly DirectoryObject[]): GraphAnswer {
  const filter = filterOf(call, true);
  const matching = filter === undefined ? objects : objects.filter(({ entity }) => satisfies(entity, filter));
  const shape = shapeOf(call);
  const typed = call.entityType === 'microsoft.graph.directoryObject';
  const page = pageOf(
    call,
    matching.map((object) => ({ id: object.entity.id, object, sort: object.entity })),
  );
  return collectionAnswer(
    call,
    page.items.map(({ object }) => presentObject(call.world, object, shape, typed)),
    { total: matching.length, next: page.next },
  );
}

/** Answers a small collection whole, filtered if asked: role assignments, methods, licences. */
export function plainCollection(call: GraphCall, items: readonly Item[]): GraphAnswer {
  const filter = filterOf(call, false);
  const matching = filter === undefined ? items : items.filter((item) => satisfies(item, filter));
  const { select } = shapeOf(call);
  const shown = matching.map((item) =>
    select === undefined
      ? item
      : Object.fromEntries(Object.entries(item).filter(([name]) => name.startsWith('@') || select.includes(name))),
  );
  return collectionAnswer(call, shown, { total: matching.length, next: undefined });
}

type Page<T> = { readonly items: readonly T[]; readonly next: string | undefined };

/** One page: after the object that `$skiptoken` names. Ordered by id, or by `$orderby`. */
function pageOf<T extends { readonly id: string; readonly sort: Readonly<Record<string, unknown>> }>(
  call: GraphCall,
  items: readonly T[],
): Page<T> {
  const size = collectionPageSize(call);
  const order = call.query.get('$orderby');
  const sorted = order === null ? items.toSorted((left, right) => compareText(left.id, right.id)) : orderBy(items, order);
  const start = call.query.has('$skiptoken') ? startAfter(sorted, afterToken(call), order === null) : 0;
  const slice = sorted.slice(start, start + size);
  const last = slice.at(-1);
  return {
    items: slice,
    next: last === undefined || start + size >= sorted.length ? undefined : Buffer.from(last.id).toString('base64url'),
  };
}

/** Items on a page of directory objects. */
export function collectionPageSize(call: GraphCall): number {
  return pageSize(call, 100, 999);
}

/** The id after which the page begins; empty for the first page. */
export function afterToken(call: GraphCall): string {
  return Buffer.from(call.query.get('$skiptoken') ?? '', 'base64url').toString();
}

function startAfter(sorted: readonly { readonly id: string }[], after: string, isById: boolean): number {
  const index = isById ? sorted.findIndex(({ id }) => id > after) : sorted.findIndex(({ id }) => id === after) + 1;
  if (!isById && index === 0) throw badRequest('Expected skip token is invalid.');
  return index === -1 ? sorted.length : index;
}

function collectionAnswer(
  call: GraphCall,
  value: readonly unknown[],
  more: { readonly total: number; readonly next: string | undefined },
): GraphAnswer {
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call),
      // Without ConsistencyLevel the request for a count is ignored in silence.
      ...(isAdvancedQuery(call) ? { '@odata.count': more.total } : {}),
      ...(more.next === undefined ? {} : { '@odata.nextLink': nextLink(call, more.next) }),
      value,
    },
  };
}

function nextLink(call: GraphCall, token: string): string {
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', token);
  return `${call.origin}/v1.0${call.path}?${query.toString().replaceAll('%24', '$')}`;
}

/** `@odata.context` of a collection or, with `/$entity`, of one entity. */
export function contextOf(call: GraphCall, suffix: '' | '/$entity' = ''): string {
  const collection = suffix === '' ? call.path.slice(1) : (call.path.split('/')[1] ?? '');
  return `https://graph.microsoft.com/v1.0/$metadata#${collection}${suffix}`;
}
