import { parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest, notFound } from '../http/graph-failure.ts';
import { addEdge, removeEdge } from '../store/edges.ts';
import { requireUser } from './find-user.ts';
import { referencedByBody } from './reference.ts';

/** `POST /users/{id}/sponsors/$ref`. */
export function addSponsor(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  if (addEdge(call.world.database, 'sponsors', user.id, referencedByBody(call).entity.id)) return { status: 204 };
  throw badRequest("One or more added object references already exist for the following modified properties: 'sponsors'.");
}

/** `DELETE /users/{id}/sponsors/{id}/$ref`. */
export function removeSponsor(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  if (removeEdge(call.world.database, 'sponsors', user.id, parameter(call, 'directoryObject-id'))) return { status: 204 };
  throw notFound(user.id);
}
