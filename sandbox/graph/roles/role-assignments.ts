import type { World } from '../../foundation/world.ts';
import { bodyOf, parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest, notFound } from '../http/graph-failure.ts';
import { plainCollection } from '../odata/collection.ts';
import { addEdge, removeEdge, targetsOf } from '../store/edges.ts';
import type { DirectoryRole } from '../store/entities.ts';
import { listKind, readObject } from '../store/objects.ts';
import { listEligibilities, roleTemplates } from './role-templates.ts';

/** `GET /roleManagement/directory/roleAssignments`: active assignments (https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments). */
export function listRoleAssignments(call: GraphCall): GraphAnswer {
  return plainCollection(call, assignments(call.world));
}

/** `GET /roleManagement/directory/roleAssignments/{id}`. */
export function readRoleAssignment(call: GraphCall): GraphAnswer {
  return { status: 200, body: requireAssignment(call) };
}

/** `POST /roleManagement/directory/roleAssignments`. */
export function createRoleAssignment(call: GraphCall): GraphAnswer {
  const { roleDefinitionId, principalId }: { readonly roleDefinitionId?: unknown; readonly principalId?: unknown } = bodyOf(call);
  const role = listKind(call.world, 'directoryRole').find(({ roleTemplateId }) => roleTemplateId === roleDefinitionId);
  if (role === undefined) throw notFound(String(roleDefinitionId));
  const principal = readObject(call.world, String(principalId));
  if (principal === undefined) throw notFound(String(principalId));
  if (!addEdge(call.world.database, 'roleMembers', role.id, principal.entity.id))
    throw badRequest('A conflicting object with one or more of the specified property values is present in the directory.');
  return { status: 201, body: assignment(role, principal.entity.id) };
}

/** `DELETE /roleManagement/directory/roleAssignments/{id}`. */
export function deleteRoleAssignment(call: GraphCall): GraphAnswer {
  const { roleDefinitionId, principalId } = requireAssignment(call);
  const role = listKind(call.world, 'directoryRole').find(({ roleTemplateId }) => roleTemplateId === roleDefinitionId);
  if (role !== undefined) removeEdge(call.world.database, 'roleMembers', role.id, principalId);
  return { status: 204 };
}

/** `GET /roleManagement/directory/roleAssignmentScheduleInstances`: the same assignments as Privileged Identity Management tells them. */
export function listAssignmentInstances(call: GraphCall): GraphAnswer {
  const items = assignments(call.world).map((item) => ({
    id: `${item.id}-i`,
    principalId: item.principalId,
    roleDefinitionId: item.roleDefinitionId,
    directoryScopeId: '/',
    appScopeId: null,
    assignmentType: 'Assigned',
    memberType: 'Direct',
    roleAssignmentOriginId: item.id,
    startDateTime: null,
    endDateTime: null,
  }));
  return plainCollection(call, items);
}

/** `GET /roleManagement/directory/roleEligibilityScheduleInstances`: who may activate which role. */
export function listEligibilityInstances(call: GraphCall): GraphAnswer {
  return plainCollection(call, listEligibilities(call.world.database));
}

/** `GET /roleManagement/directory/roleDefinitions`. */
export function listRoleDefinitions(call: GraphCall): GraphAnswer {
  return plainCollection(
    call,
    roleTemplates.map((template) => ({ ...template, isBuiltIn: true, isEnabled: true, templateId: template.id, version: '1' })),
  );
}

function assignments(world: World): readonly ReturnType<typeof assignment>[] {
  return listKind(world, 'directoryRole').flatMap((role) =>
    targetsOf(world.database, 'roleMembers', role.id).map((id) => assignment(role, id)),
  );
}

function assignment(role: DirectoryRole, principalId: string) {
  const id = Buffer.from(`${role.roleTemplateId}${principalId}`.replaceAll('-', ''), 'hex').toString('base64url');
  return { id, principalId, directoryScopeId: '/', roleDefinitionId: role.roleTemplateId };
}

function requireAssignment(call: GraphCall): ReturnType<typeof assignment> {
  const id = parameter(call, 'unifiedRoleAssignment-id');
  const found = assignments(call.world).find((item) => item.id === id);
  if (found === undefined) throw notFound(id);
  return found;
}
