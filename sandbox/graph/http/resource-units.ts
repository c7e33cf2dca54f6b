import type { MatchedOperation } from '../contract/match-operation.ts';

/** What a request costs of the quota of identity and access: resource units, and writes. */
export type Cost = { readonly units: number; readonly writes: 0 | 1 };

// https://learn.microsoft.com/graph/throttling-limits#identity-and-access-service-limits: base costs; other reads and all writes cost 1.
const baseUnits: Readonly<Record<string, number>> = {
  'GET /users': 2,
  'GET /groups/{group-id}/members': 3,
  'GET /groups/{group-id}/members/microsoft.graph.user': 3,
  'GET /groups/{group-id}/transitiveMembers': 5,
  'GET /users/{user-id}/memberOf': 2,
  'GET /users/{user-id}/memberOf/microsoft.graph.group': 2,
  'GET /users/{user-id}/memberOf/microsoft.graph.directoryRole': 2,
  'GET /users/{user-id}/transitiveMemberOf': 2,
  'GET /users/{user-id}/transitiveMemberOf/microsoft.graph.group': 2,
  'GET /users/{user-id}/transitiveMemberOf/microsoft.graph.directoryRole': 2,
  'GET /users/{user-id}/ownedObjects': 2,
  'GET /users/{user-id}/licenseDetails': 2,
  'POST /users/{user-id}/getMemberGroups': 2,
  'POST /users/{user-id}/checkMemberGroups': 4,
  'POST /directoryObjects/getByIds': 3,
  'GET /subscribedSkus': 3,
};

// Other services with their own limits, for which no resource units are published; a batch is charged by its items.
const otherService = /\/(authentication|subscriptions|messages|mailFolders|sendMail|mailboxSettings|\$batch)(\/|$)/;
const readingAction = /\/(getMemberGroups|getMemberObjects|checkMemberGroups|getByIds|\$batch)$/;

/** Whether the operation only reads: every GET, and the actions that change nothing. */
export function isRead(method: string, template: string): boolean {
  return method === 'GET' || readingAction.test(template);
}

/** The cost of a request; undefined for services outside identity and access. `$select` costs 1 less, `$expand` 1 more, `$top` below 20 1 less; at least 1. */
export function costOf(matched: MatchedOperation, query: URLSearchParams): Cost | undefined {
  if (otherService.test(matched.template)) return undefined;
  if (!isRead(matched.method, matched.template)) return { units: 1, writes: 1 };
  const top = query.get('$top');
  const adjusted =
    (baseUnits[matched.key] ?? 1) - Number(query.has('$select')) + Number(query.has('$expand')) - Number(top !== null && Number(top) < 20);
  return { units: Math.max(1, adjusted), writes: 0 };
}
