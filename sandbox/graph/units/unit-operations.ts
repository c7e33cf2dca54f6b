import { parameter, type GraphAnswer, type GraphCall, type Operations } from '../http/graph-call.ts';
import { badRequest, denied, notFound } from '../http/graph-failure.ts';
import { objectCollection } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { shapeOf } from '../odata/query-options.ts';
import { addEdge, removeEdge } from '../store/edges.ts';
import type { AdministrativeUnit } from '../store/entities.ts';
import { listKind, readKind } from '../store/objects.ts';
import { referencedByBody } from '../users/reference.ts';
import { listRelated } from '../users/related-objects.ts';

const one = '/directory/administrativeUnits/{administrativeUnit-id}';

/** Administrative units and who is in them (https://learn.microsoft.com/graph/api/resources/administrativeunit). */
export const unitOperations: Operations = {
  'GET /directory/administrativeUnits': { name: 'units.list', handle: listUnits },
  [`GET ${one}`]: { name: 'units.get', handle: readUnit },
  [`GET ${one}/members`]: { name: 'units.members', handle: listRelated('administrativeUnit', 'members') },
  [`POST ${one}/members/$ref`]: { name: 'units.addMember', handle: addMember },
  [`DELETE ${one}/members/{directoryObject-id}/$ref`]: { name: 'units.removeMember', handle: removeMember },
};

function listUnits(call: GraphCall): GraphAnswer {
  return objectCollection(
    call,
    listKind(call.world, 'administrativeUnit').map((entity) => ({ kind: 'administrativeUnit', entity })),
  );
}

function readUnit(call: GraphCall): GraphAnswer {
  const object = { kind: 'administrativeUnit', entity: requireUnit(call) } as const;
  return { status: 200, body: presentObject(call.world, object, shapeOf(call), false) };
}

/** `POST …/members/$ref`: 204; already there: 400 (https://learn.microsoft.com/graph/api/administrativeunit-post-members). */
function addMember(call: GraphCall): GraphAnswer {
  const unit = requireWritable(call);
  if (addEdge(call.world.database, 'unitMembers', unit.id, referencedByBody(call).entity.id)) return { status: 204 };
  throw badRequest("One or more added object references already exist for the following modified properties: 'members'.");
}

/** `DELETE …/members/{id}/$ref`; 404 when it is not there. */
function removeMember(call: GraphCall): GraphAnswer {
  const unit = requireWritable(call);
  const id = parameter(call, 'directoryObject-id').toLowerCase();
  if (!removeEdge(call.world.database, 'unitMembers', unit.id, id)) throw notFound(unit.id);
  return { status: 204 };
}

/** A dynamic unit fills itself; for a restricted one an application needs a role in that very unit. */
function requireWritable(call: GraphCall): AdministrativeUnit {
  const unit = requireUnit(call);
  if (unit.membershipType === 'Dynamic' || unit.isMemberManagementRestricted) throw denied();
  return unit;
}

function requireUnit(call: GraphCall): AdministrativeUnit {
  const id = parameter(call, 'administrativeUnit-id');
  const unit = readKind(call.world, 'administrativeUnit', id);
  if (unit === undefined) throw notFound(id);
  return unit;
}
