import type { GraphAnswer, GraphCall } from '../http/graph-call.ts';
import { badRequest, mastered, notFound } from '../http/graph-failure.ts';
import { presentObject } from '../odata/present-object.ts';
import { shapeOf } from '../odata/query-options.ts';
import { setEdge, targetsOf } from '../store/edges.ts';
import type { DirectoryObject } from '../store/entities.ts';
import { readObject } from '../store/objects.ts';
import { requireUser } from './find-user.ts';
import { referencedByBody } from './reference.ts';

/** `GET /users/{id}/manager`; 404 when there is none. */
export function readManager(call: GraphCall): GraphAnswer {
  const shown = presentObject(call.world, requireManager(call), shapeOf(call), true);
  return { status: 200, body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity', ...shown } };
}

/** `GET /users/{id}/manager/$ref`. */
export function readManagerReference(call: GraphCall): GraphAnswer {
  return { status: 200, body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${requireManager(call).entity.id}` } };
}

/** `PUT /users/{id}/manager/$ref` (https://learn.microsoft.com/graph/api/user-post-manager). */
export function setManager(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  if (user.onPremisesSyncEnabled === true) throw mastered();
  const manager = referencedByBody(call);
  if (manager.kind !== 'user') throw badRequest("Invalid object type for reference property 'manager'.");
  setEdge(call.world.database, 'manager', user.id, manager.entity.id);
  return { status: 204 };
}

/** `DELETE /users/{id}/manager/$ref`; 404 when there is none. */
export function removeManager(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  if (user.onPremisesSyncEnabled === true) throw mastered();
  requireManager(call);
  setEdge(call.world.database, 'manager', user.id, null);
  return { status: 204 };
}

function requireManager(call: GraphCall): DirectoryObject {
  const [id] = targetsOf(call.world.database, 'manager', requireUser(call).id);
  const manager = id === undefined ? undefined : readObject(call.world, id);
  if (manager === undefined) throw notFound('manager');
  return manager;
}
