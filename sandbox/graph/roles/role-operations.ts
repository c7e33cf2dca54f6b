import type { Operations } from '../http/graph-call.ts';
import { listReferences, listRelated } from '../users/related-objects.ts';
import { activateRole, addRoleMember, listDirectoryRoles, readDirectoryRole, removeRoleMember } from './directory-roles.ts';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  listAssignmentInstances,
  listEligibilityInstances,
  listRoleAssignments,
  listRoleDefinitions,
  readRoleAssignment,
} from './role-assignments.ts';

const management = '/roleManagement/directory';

/** Directory roles, active and eligible. */
export const roleOperations: Operations = {
  'GET /directoryRoles': { name: 'directoryRoles.list', handle: listDirectoryRoles },
  'POST /directoryRoles': { name: 'directoryRoles.activate', handle: activateRole },
  'GET /directoryRoles/{directoryRole-id}': { name: 'directoryRoles.get', handle: readDirectoryRole },
  'GET /directoryRoles/{directoryRole-id}/members': { name: 'directoryRoles.members', handle: listRelated('directoryRole', 'members') },
  'GET /directoryRoles/{directoryRole-id}/members/$ref': {
    name: 'directoryRoles.members',
    handle: listReferences('directoryRole', 'members'),
  },
  'POST /directoryRoles/{directoryRole-id}/members/$ref': { name: 'directoryRoles.addMember', handle: addRoleMember },
  'DELETE /directoryRoles/{directoryRole-id}/members/{directoryObject-id}/$ref': {
    name: 'directoryRoles.removeMember',
    handle: removeRoleMember,
  },
  [`GET ${management}/roleDefinitions`]: { name: 'roleDefinitions.list', handle: listRoleDefinitions },
  [`GET ${management}/roleAssignments`]: { name: 'roleAssignments.list', handle: listRoleAssignments },
  [`POST ${management}/roleAssignments`]: { name: 'roleAssignments.create', handle: createRoleAssignment },
  [`GET ${management}/roleAssignments/{unifiedRoleAssignment-id}`]: { name: 'roleAssignments.get', handle: readRoleAssignment },
  [`DELETE ${management}/roleAssignments/{unifiedRoleAssignment-id}`]: { name: 'roleAssignments.delete', handle: deleteRoleAssignment },
  [`GET ${management}/roleAssignmentScheduleInstances`]: { name: 'roleAssignmentScheduleInstances.list', handle: listAssignmentInstances },
  [`GET ${management}/roleEligibilityScheduleInstances`]: {
    name: 'roleEligibilityScheduleInstances.list',
    handle: listEligibilityInstances,
  },
};
