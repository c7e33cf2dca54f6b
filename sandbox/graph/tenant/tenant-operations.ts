import type { Operations } from '../http/graph-call.ts';
import { eraseDeletedItem, listDeletedItems, readDeletedItem, restoreDeletedItem } from './deleted-items.ts';
import { getByIds, readDirectoryObject } from './directory-objects.ts';
import { listDomains, listOrganization, readDomain, readOrganization } from './organization.ts';

/** The tenant itself, objects of any kind, and deleted items. */
export const tenantOperations: Operations = {
  'GET /organization': { name: 'organization.list', handle: listOrganization },
  'GET /organization/{organization-id}': { name: 'organization.get', handle: readOrganization },
  'GET /domains': { name: 'domains.list', handle: listDomains },
  'GET /domains/{domain-id}': { name: 'domains.get', handle: readDomain },
  'GET /directoryObjects/{directoryObject-id}': { name: 'directoryObjects.get', handle: readDirectoryObject },
  'POST /directoryObjects/getByIds': { name: 'directoryObjects.getByIds', handle: getByIds },
  'GET /directory/deletedItems/microsoft.graph.user': { name: 'deletedItems.list', handle: listDeletedItems('user') },
  'GET /directory/deletedItems/microsoft.graph.group': { name: 'deletedItems.list', handle: listDeletedItems('group') },
  'GET /directory/deletedItems/{directoryObject-id}': { name: 'deletedItems.get', handle: readDeletedItem },
  'DELETE /directory/deletedItems/{directoryObject-id}': { name: 'deletedItems.delete', handle: eraseDeletedItem },
  'POST /directory/deletedItems/{directoryObject-id}/restore': { name: 'users.restore', handle: restoreDeletedItem },
};
