import { randomUUID } from 'node:crypto';
import { bodyOf, parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest, conflict, notFound } from '../http/graph-failure.ts';
import { contextOf, objectCollection } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { shapeOf } from '../odata/query-options.ts';
import { addEdge, removeEdge } from '../store/edges.ts';
import type { DirectoryRole } from '../store/entities.ts';
import { insertObject, listKind, readKind } from '../store/objects.ts';
import { referencedByBody } from '../users/reference.ts';
import { roleTemplates } from './role-templates.ts';

/** `GET /directoryRoles`: the roles that are activated. */
export function listDirectoryRoles(call: GraphCall): GraphAnswer {
  return objectCollection(
    call,
    listKind(call.world, 'directoryRole').map((entity) => ({ kind: 'directoryRole', entity })),
  );
}

/** `GET /directoryRoles/{id}`. */
export function readDirectoryRole(call: GraphCall): GraphAnswer {
  const shown = presentObject(call.world, { kind: 'directoryRole', entity: requireRole(call) }, shapeOf(call), false);
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...shown } };
}

/** `POST /directoryRoles`: activates a role from its template (https://learn.microsoft.com/graph/api/directoryrole-post-directoryroles). */
export function activateRole(call: GraphCall): GraphAnswer {
  const templateId = bodyOf(call)['roleTemplateId'];
  const template = roleTemplates.find(({ id }) => id === templateId);
  if (template === undefined) throw badRequest(`The role template ${String(templateId)} does not exist.`);
  if (listKind(call.world, 'directoryRole').some((role) => role.roleTemplateId === template.id)) throw conflict('roleTemplateId');
  const { id: roleTemplateId, displayName, description } = template;
  const role: DirectoryRole = { id: randomUUID(), deletedDateTime: null, displayName, description, roleTemplateId };
  insertObject(call.world, { kind: 'directoryRole', entity: role });
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...role } };
}

/** `POST /directoryRoles/{id}/members/$ref`. */
export function addRoleMember(call: GraphCall): GraphAnswer {
  const role = requireRole(call);
  if (addEdge(call.world.database, 'roleMembers', role.id, referencedByBody(call).entity.id)) return { status: 204 };
  throw badRequest("One or more added object references already exist for the following modified properties: 'members'.");
}

/** `DELETE /directoryRoles/{id}/members/{id}/$ref`. */
export function removeRoleMember(call: GraphCall): GraphAnswer {
  const role = requireRole(call);
  if (removeEdge(call.world.database, 'roleMembers', role.id, parameter(call, 'directoryObject-id').toLowerCase())) return { status: 204 };
  throw notFound(role.id);
}

function requireRole(call: GraphCall): DirectoryRole {
  const id = parameter(call, 'directoryRole-id');
  const role = readKind(call.world, 'directoryRole', id);
  if (role === undefined) throw notFound(id);
  return role;
}
