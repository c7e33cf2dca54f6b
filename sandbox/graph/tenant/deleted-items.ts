import type { World } from '../../foundation/world.ts';
import { parameter, type Handler, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import { objectCollection } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { shapeOf } from '../odata/query-options.ts';
import type { DirectoryObject } from '../store/entities.ts';
import { eraseObject, listDeleted, readDeleted, updateObject } from '../store/objects.ts';
import { undeleted } from '../users/delete-user.ts';
import { requireFree } from '../users/require-free.ts';

// Deleted users and Microsoft 365 groups are kept for 30 days: https://learn.microsoft.com/graph/api/resources/directory
const keptMs = 30 * 24 * 3_600_000;

/** `GET /directory/deletedItems/microsoft.graph.user` or `.group`. */
export function listDeletedItems(kind: 'user' | 'group'): Handler {
  return (call) => {
    const kept = listDeleted(call.world, kind).map((entity) => ({ kind, entity }) as DirectoryObject);
    return objectCollection(
      call,
      kept.filter((object) => !isOver(call.world, object)),
    );
  };
}

/** `GET /directory/deletedItems/{id}`. */
export function readDeletedItem(call: GraphCall): GraphAnswer {
  return { status: 200, body: presentObject(call.world, requireDeleted(call), shapeOf(call), true) };
}

/** `DELETE /directory/deletedItems/{id}`: for good. */
export function eraseDeletedItem(call: GraphCall): GraphAnswer {
  eraseObject(call.world.database, requireDeleted(call).entity.id);
  return { status: 204 };
}

/** `POST /directory/deletedItems/{id}/restore`: back with its memberships and licences; 400 `ObjectConflict` when its name was given away meanwhile
 * (https://learn.microsoft.com/graph/api/directory-deleteditems-restore). */
export function restoreDeletedItem(call: GraphCall): GraphAnswer {
  const restored = restore(call.world, requireDeleted(call));
  return { status: 200, body: presentObject(call.world, restored, { select: undefined, expand: [] }, true) };
}

function restore(world: World, object: DirectoryObject): DirectoryObject {
  if (object.kind !== 'user') {
    const entity = { ...object.entity, deletedDateTime: null };
    updateObject(world.database, entity);
    return { kind: object.kind, entity } as DirectoryObject;
  }
  const entity = undeleted(object.entity);
  requireFree(world, entity);
  updateObject(world.database, entity);
  return { kind: 'user', entity };
}

function requireDeleted(call: GraphCall): DirectoryObject {
  const id = parameter(call, 'directoryObject-id');
  const object = readDeleted(call.world, id);
  if (object === undefined || isOver(call.world, object)) throw notFound(id);
  return object;
}

function isOver(world: World, object: DirectoryObject): boolean {
  return Date.parse(object.entity.deletedDateTime ?? '') + keptMs < world.now();
}
