import { bodyOf, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import type { Group } from '../store/entities.ts';
import { transitiveGroupsOf, transitiveRolesOf } from '../store/memberships.ts';
import { requireUser } from './find-user.ts';

/** `POST /users/{id}/getMemberGroups`: ids of all groups, transitively (https://learn.microsoft.com/graph/api/directoryobject-getmembergroups). */
export function getMemberGroups(call: GraphCall): GraphAnswer {
  const securityOnly = bodyOf(call)['securityEnabledOnly'] === true;
  return ids(groups(call).filter((group) => !securityOnly || group.securityEnabled));
}

/** `POST /users/{id}/getMemberObjects`: the same with directory roles. */
export function getMemberObjects(call: GraphCall): GraphAnswer {
  const securityOnly = bodyOf(call)['securityEnabledOnly'] === true;
  const roles = transitiveRolesOf(call.world, { kind: 'user', entity: requireUser(call) });
  return ids([...groups(call).filter((group) => !securityOnly || group.securityEnabled), ...roles]);
}

/** `POST /users/{id}/checkMemberGroups`: those of the given groups that the user is in, transitively. */
export function checkMemberGroups(call: GraphCall): GraphAnswer {
  const asked = bodyOf(call)['groupIds'];
  const wanted = new Set(Array.isArray(asked) ? asked.map((id: unknown) => String(id).toLowerCase()) : []);
  return ids(groups(call).filter(({ id }) => wanted.has(id)));
}

function groups(call: GraphCall): readonly Group[] {
  return transitiveGroupsOf(call.world, { kind: 'user', entity: requireUser(call) });
}

function ids(objects: readonly { readonly id: string }[]): GraphAnswer {
  return {
    status: 200,
    body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)', value: objects.map(({ id }) => id) },
  };
}
