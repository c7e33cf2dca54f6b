import type { Operations } from '../http/graph-call.ts';
import { assignRole, listOfApplication, listOfUser, readOfUser, removeOfApplication, removeOfUser } from './assignments.ts';
import { listServicePrincipals, readServicePrincipal } from './read-service-principals.ts';

const user = '/users/{user-id}/appRoleAssignments';
const application = '/servicePrincipals/{servicePrincipal-id}';

/** Applications, and the roles that users have in them. */
export const appRoleOperations: Operations = {
  'GET /servicePrincipals': { name: 'servicePrincipals.list', handle: listServicePrincipals },
  [`GET ${application}`]: { name: 'servicePrincipals.get', handle: readServicePrincipal },
  [`GET ${application}/appRoleAssignedTo`]: { name: 'servicePrincipals.appRoleAssignedTo', handle: listOfApplication },
  [`DELETE ${application}/appRoleAssignedTo/{appRoleAssignment-id}`]: { name: 'appRoleAssignments.delete', handle: removeOfApplication },
  [`GET ${user}`]: { name: 'users.appRoleAssignments', handle: listOfUser },
  [`POST ${user}`]: { name: 'appRoleAssignments.create', handle: assignRole },
  [`GET ${user}/{appRoleAssignment-id}`]: { name: 'appRoleAssignments.get', handle: readOfUser },
  [`DELETE ${user}/{appRoleAssignment-id}`]: { name: 'appRoleAssignments.delete', handle: removeOfUser },
};
