import type { World } from '../../foundation/world.ts';
import type { GraphAnswer, GraphCall } from '../http/graph-call.ts';
import { badRequest } from '../http/graph-failure.ts';
import { afterToken, collectionPageSize, contextOf, objectCollection } from '../odata/collection.ts';
import type { Filter } from '../odata/filter.ts';
import { sufficientTests, type EqualityTest } from '../odata/filter-parts.ts';
import { presentObject } from '../odata/present-object.ts';
import { filterOf, isAdvancedQuery, isEventual, shapeOf } from '../odata/query-options.ts';
import type { DirectoryObject, User } from '../store/entities.ts';
import { addressHolder, findUsers, isVisible, listKind, listUsersAfter, readKind, type IndexedUserProperty } from '../store/objects.ts';
import { indexedUserProperties } from '../store/tables.ts';
import { requireUser } from './find-user.ts';

/** `GET /users`. */
export function listUsers(call: GraphCall): GraphAnswer {
  const filter = filterOf(call, true);
  const isWhole = filter === undefined && !call.query.has('$orderby') && !isAdvancedQuery(call);
  return objectCollection(call, (isWhole ? onePage(call) : candidates(call.world, filter)).map(asObject));
}

// One more than the page tells whether there is another.
function onePage(call: GraphCall): readonly User[] {
  return listUsersAfter(call.world, afterToken(call), collectionPageSize(call) + 1);
}

/** `GET /users/$count`, which needs `ConsistencyLevel: eventual`. */
export function countAllUsers(call: GraphCall): GraphAnswer {
  if (!isEventual(call)) throw badRequest('$count is not currently supported.');
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: listKind(call.world, 'user').length };
}

/** `GET /users/{id}`. */
export function readUser(call: GraphCall): GraphAnswer {
  const shown = presentObject(call.world, asObject(requireUser(call)), shapeOf(call), false);
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...shown } };
}

/** The users among whom all matches of the filter are: looked up where the filter allows it, else everyone. */
function candidates(world: World, filter: Filter | undefined): readonly User[] {
  const tests = filter === undefined ? undefined : sufficientTests(filter, canLookUp);
  if (tests === undefined) return listKind(world, 'user');
  const found = tests.flatMap((test) => lookUp(world, test)).filter(({ id }) => isVisible(world, id));
  return [...new Map(found.map((user) => [user.id, user])).values()];
}

// SQLite folds ASCII letters only.
function canLookUp({ property, value }: EqualityTest): boolean {
  return typeof value === 'string' && !/[^ -~]/.test(value) && (isIndexed(property) || property === 'id' || property === 'proxyAddresses');
}

function lookUp(world: World, { property, value }: EqualityTest): readonly User[] {
  const text = String(value);
  if (isIndexed(property)) return findUsers(world, property, text);
  const id = property === 'id' ? text : addressHolder(world.database, text);
  const user = id === undefined ? undefined : readKind(world, 'user', id);
  return user === undefined ? [] : [user];
}

function isIndexed(property: string): property is IndexedUserProperty {
  return indexedUserProperties.some((name) => name === property);
}

function asObject(entity: User): DirectoryObject {
  return { kind: 'user', entity };
}
