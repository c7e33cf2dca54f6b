import type { World } from '../../foundation/world.ts';
import type { Group, LicenseAssignmentState, User } from '../store/entities.ts';
import { groupsOf } from '../store/memberships.ts';
import { readKind } from '../store/objects.ts';

/** Groups that give licences to their members (https://learn.microsoft.com/entra/fundamentals/concept-group-based-licensing). */
export function licensedGroups(world: World): readonly Group[] {
  return world.database
    .prepare("SELECT id FROM graph_objects WHERE kind = 'group' AND deleted = 0 AND json_array_length(body, '$.assignedLicenses') > 0")
    .all()
    .flatMap((row) => readKind(world, 'group', String(row['id'])) ?? []);
}

/** The user with the licences that groups give as well, each with the group in its state. What is stored of a user are the direct ones. */
export function withGroupLicences(world: World, user: User): User {
  const giving = new Set(licensedGroups(world).map(({ id }) => id));
  if (giving.size === 0) return user;
  const groups = groupsOf(world, { kind: 'user', entity: user }).filter(({ id }) => giving.has(id));
  const inherited = groups.flatMap((group) => licencesOfGroup(group).map((skuId) => stateOf(user, group, skuId)));
  const held = new Set(user.assignedLicenses.map(({ skuId }) => skuId));
  const added = [...new Set(inherited.map(({ skuId }) => skuId))].filter((skuId) => !held.has(skuId));
  return {
    ...user,
    assignedLicenses: [...user.assignedLicenses, ...added.map((skuId) => ({ skuId, disabledPlans: [] }))],
    licenseAssignmentStates: [...user.licenseAssignmentStates, ...inherited],
  };
}

/** The skuIds that a group gives. */
export function licencesOfGroup(group: Group): readonly string[] {
  const { assignedLicenses } = group;
  return (Array.isArray(assignedLicenses) ? assignedLicenses : []).map(({ skuId }: { readonly skuId: string }) => skuId);
}

function stateOf(user: User, group: Group, skuId: string): LicenseAssignmentState {
  const { createdDateTime } = user;
  const at = typeof createdDateTime === 'string' ? createdDateTime : '2012-03-01T09:00:00Z';
  return { skuId, disabledPlans: [], assignedByGroup: group.id, state: 'Active', error: 'None', lastUpdatedDateTime: at };
}
