import type { GraphAnswer, GraphCall } from '../http/graph-call.ts';
import { badRequest } from '../http/graph-failure.ts';
import { contextOf, objectCollection } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { isEventual, shapeOf } from '../odata/query-options.ts';
import { listKind } from '../store/objects.ts';
import { requireGroup } from './find-group.ts';

/** `GET /groups`. */
export function listGroups(call: GraphCall): GraphAnswer {
  return objectCollection(
    call,
    listKind(call.world, 'group').map((entity) => ({ kind: 'group', entity })),
  );
}

/** `GET /groups/$count`, which needs `ConsistencyLevel: eventual`. */
export function countGroups(call: GraphCall): GraphAnswer {
  if (!isEventual(call)) throw badRequest('$count is not currently supported.');
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: listKind(call.world, 'group').length };
}

/** `GET /groups/{id}`. */
export function readGroup(call: GraphCall): GraphAnswer {
  const shown = presentObject(call.world, { kind: 'group', entity: requireGroup(call) }, shapeOf(call), false);
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...shown } };
}
