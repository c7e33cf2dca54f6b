import type { Operations } from '../http/graph-call.ts';
import { listReferences, listRelated } from '../users/related-objects.ts';
import { addReference, removeReference } from './group-edges.ts';
import { countGroups, listGroups, readGroup } from './read-groups.ts';
import { createGroup, deleteGroup, updateGroup } from './write-groups.ts';

/** Groups, their members and owners. */
export const groupOperations: Operations = {
  'GET /groups': { name: 'groups.list', handle: listGroups },
  'GET /groups/$count': { name: 'groups.count', handle: countGroups },
  'POST /groups': { name: 'groups.create', handle: createGroup },
  'GET /groups/{group-id}': { name: 'groups.get', handle: readGroup },
  'PATCH /groups/{group-id}': { name: 'groups.update', handle: updateGroup },
  'DELETE /groups/{group-id}': { name: 'groups.delete', handle: deleteGroup },
  'GET /groups/{group-id}/members': { name: 'groups.members', handle: listRelated('group', 'members') },
  'GET /groups/{group-id}/members/microsoft.graph.user': { name: 'groups.members', handle: listRelated('group', 'members', 'user') },
  'GET /groups/{group-id}/members/$ref': { name: 'groups.members', handle: listReferences('group', 'members') },
  'POST /groups/{group-id}/members/$ref': { name: 'groups.addMember', handle: addReference('members') },
  'DELETE /groups/{group-id}/members/{directoryObject-id}/$ref': { name: 'groups.removeMember', handle: removeReference('members') },
  'GET /groups/{group-id}/transitiveMembers': { name: 'groups.transitiveMembers', handle: listRelated('group', 'transitiveMembers') },
  'GET /groups/{group-id}/memberOf': { name: 'groups.memberOf', handle: listRelated('group', 'memberOf') },
  'GET /groups/{group-id}/owners': { name: 'groups.owners', handle: listRelated('group', 'owners') },
  'GET /groups/{group-id}/owners/$ref': { name: 'groups.owners', handle: listReferences('group', 'owners') },
  'POST /groups/{group-id}/owners/$ref': { name: 'groups.addOwner', handle: addReference('owners') },
  'DELETE /groups/{group-id}/owners/{directoryObject-id}/$ref': { name: 'groups.removeOwner', handle: removeReference('owners') },
};
