import type { World } from '../../foundation/world.ts';
import { bodyOf, nowText, parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest, notFound } from '../http/graph-failure.ts';
import { contextOf, plainCollection } from '../odata/collection.ts';
import { readKind } from '../store/objects.ts';
import { requireUser } from '../users/find-user.ts';
import { insertAssignment, listAssignments, removeAssignment, type StoredAssignment } from './assignment-store.ts';
import { requireApplication } from './read-service-principals.ts';
import { defaultRoleId, servicePrincipals } from './service-principals.ts';

/** `GET /users/{id}/appRoleAssignments`. */
export function listOfUser(call: GraphCall): GraphAnswer {
  const found = listAssignments(call.world.database, { userId: requireUser(call).id });
  return plainCollection(
    call,
    found.map((assignment) => shown(call.world, assignment)),
  );
}

/** `GET /users/{id}/appRoleAssignments/{id}`. */
export function readOfUser(call: GraphCall): GraphAnswer {
  return { status: 200, body: shown(call.world, requireOfUser(call)) };
}

/** `POST /users/{id}/appRoleAssignments` (https://learn.microsoft.com/graph/api/user-post-approleassignments). There already: 400. */
export function assignRole(call: GraphCall): GraphAnswer {
  const { world } = call;
  const user = requireUser(call);
  const { principalId, resourceId, appRoleId } = bodyOf(call);
  if (String(principalId).toLowerCase() !== user.id)
    throw badRequest("Invalid value specified for property 'principalId': it must be the id of the user.");
  const resource = servicePrincipals.find(({ id }) => id === String(resourceId).toLowerCase());
  if (resource === undefined) throw notFound(String(resourceId));
  const role = String(appRoleId).toLowerCase();
  // The default role is for applications that have none.
  if (!resource.appRoles.some(({ id }) => id === role) || role === defaultRoleId)
    throw badRequest('Permission being assigned was not found on application');
  const made = insertAssignment(world.database, {
    userId: user.id,
    resourceId: resource.id,
    appRoleId: role,
    createdDateTime: nowText(world),
  });
  if (made === undefined) throw badRequest('Permission being assigned already exists on the object');
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...shown(world, made) } };
}

/** `DELETE /users/{id}/appRoleAssignments/{id}`; 404 when there is none. */
export function removeOfUser(call: GraphCall): GraphAnswer {
  removeAssignment(call.world.database, requireOfUser(call).id);
  return { status: 204 };
}

/** `GET /servicePrincipals/{id}/appRoleAssignedTo`: who has which role there. */
export function listOfApplication(call: GraphCall): GraphAnswer {
  const found = listAssignments(call.world.database, { resourceId: requireApplication(call).id });
  return plainCollection(
    call,
    found.map((assignment) => shown(call.world, assignment)),
  );
}

/** `DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}`; 404 when there is none. */
export function removeOfApplication(call: GraphCall): GraphAnswer {
  const found = listAssignments(call.world.database, { resourceId: requireApplication(call).id });
  removeAssignment(call.world.database, requireAmong(call, found).id);
  return { status: 204 };
}

function requireOfUser(call: GraphCall): StoredAssignment {
  return requireAmong(call, listAssignments(call.world.database, { userId: requireUser(call).id }));
}

function requireAmong(call: GraphCall, found: readonly StoredAssignment[]): StoredAssignment {
  const id = parameter(call, 'appRoleAssignment-id');
  const assignment = found.find((one) => one.id === id);
  if (assignment === undefined) throw notFound(id);
  return assignment;
}

function shown(world: World, { id, userId, resourceId, appRoleId, createdDateTime }: StoredAssignment) {
  return {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime,
    principalDisplayName: readKind(world, 'user', userId)?.displayName ?? null,
    principalId: userId,
    principalType: 'User',
    resourceDisplayName: servicePrincipals.find((application) => application.id === resourceId)?.displayName ?? null,
    resourceId,
  };
}
