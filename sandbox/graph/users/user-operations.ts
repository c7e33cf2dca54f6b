import type { Operations } from '../http/graph-call.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { readManager, readManagerReference, removeManager, setManager } from './manager.ts';
import { checkMemberGroups, getMemberGroups, getMemberObjects } from './member-groups.ts';
import { countAllUsers, listUsers, readUser } from './read-users.ts';
import { listNothing, listReferences, listRelated } from './related-objects.ts';
import { revokeSignInSessions } from './revoke-sessions.ts';
import { addSponsor, removeSponsor } from './sponsors.ts';
import { changeSyncBehavior, readSyncBehavior } from './sync-behavior.ts';
import { updateUser } from './update-user.ts';

/** Users and what hangs on them. */
export const userOperations: Operations = {
  'GET /users': { name: 'users.list', handle: listUsers },
  'GET /users/$count': { name: 'users.count', handle: countAllUsers },
  'POST /users': { name: 'users.create', handle: createUser },
  'GET /users/{user-id}': { name: 'users.get', handle: readUser },
  'PATCH /users/{user-id}': { name: 'users.update', handle: updateUser },
  'DELETE /users/{user-id}': { name: 'users.delete', handle: deleteUser },
  'GET /users/{user-id}/manager': { name: 'users.getManager', handle: readManager },
  'GET /users/{user-id}/manager/$ref': { name: 'users.getManager', handle: readManagerReference },
  'PUT /users/{user-id}/manager/$ref': { name: 'users.setManager', handle: setManager },
  'DELETE /users/{user-id}/manager/$ref': { name: 'users.removeManager', handle: removeManager },
  'GET /users/{user-id}/directReports': { name: 'users.directReports', handle: listRelated('user', 'directReports') },
  'GET /users/{user-id}/memberOf': { name: 'users.memberOf', handle: listRelated('user', 'memberOf') },
  'GET /users/{user-id}/memberOf/microsoft.graph.group': { name: 'users.memberOf', handle: listRelated('user', 'memberOf', 'group') },
  'GET /users/{user-id}/memberOf/microsoft.graph.directoryRole': {
    name: 'users.memberOf',
    handle: listRelated('user', 'memberOf', 'directoryRole'),
  },
  'GET /users/{user-id}/transitiveMemberOf': { name: 'users.transitiveMemberOf', handle: listRelated('user', 'transitiveMemberOf') },
  'GET /users/{user-id}/transitiveMemberOf/microsoft.graph.group': {
    name: 'users.transitiveMemberOf',
    handle: listRelated('user', 'transitiveMemberOf', 'group'),
  },
  'GET /users/{user-id}/transitiveMemberOf/microsoft.graph.directoryRole': {
    name: 'users.transitiveMemberOf',
    handle: listRelated('user', 'transitiveMemberOf', 'directoryRole'),
  },
  'GET /users/{user-id}/ownedObjects': { name: 'users.ownedObjects', handle: listRelated('user', 'ownedObjects') },
  'GET /users/{user-id}/ownedObjects/microsoft.graph.group': {
    name: 'users.ownedObjects',
    handle: listRelated('user', 'ownedObjects', 'group'),
  },
  'GET /users/{user-id}/sponsors': { name: 'users.sponsors', handle: listRelated('user', 'sponsors') },
  'GET /users/{user-id}/sponsors/$ref': { name: 'users.sponsors', handle: listReferences('user', 'sponsors') },
  'POST /users/{user-id}/sponsors/$ref': { name: 'users.addSponsor', handle: addSponsor },
  'DELETE /users/{user-id}/sponsors/{directoryObject-id}/$ref': { name: 'users.removeSponsor', handle: removeSponsor },
  'GET /users/{user-id}/oauth2PermissionGrants': { name: 'users.oauth2PermissionGrants', handle: listNothing },
  'GET /users/{user-id}/memberOf/microsoft.graph.administrativeUnit': {
    name: 'users.memberOf',
    handle: listRelated('user', 'memberOf', 'administrativeUnit'),
  },
  'POST /users/{user-id}/getMemberGroups': { name: 'users.getMemberGroups', handle: getMemberGroups },
  'POST /users/{user-id}/getMemberObjects': { name: 'users.getMemberObjects', handle: getMemberObjects },
  'POST /users/{user-id}/checkMemberGroups': { name: 'users.checkMemberGroups', handle: checkMemberGroups },
  'POST /users/{user-id}/revokeSignInSessions': { name: 'users.revokeSignInSessions', handle: revokeSignInSessions },
  'GET /users/{user-id}/onPremisesSyncBehavior': { name: 'users.getSyncBehavior', handle: readSyncBehavior },
  'PATCH /users/{user-id}/onPremisesSyncBehavior': { name: 'users.changeSyncBehavior', handle: changeSyncBehavior },
};
