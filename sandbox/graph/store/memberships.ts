import type { World } from '../../foundation/world.ts';
import { satisfiesRule } from './dynamic-rule.ts';
import { sourcesOf, targetsOf } from './edges.ts';
import type { DirectoryObject, DirectoryRole, Group, User } from './entities.ts';
import { listKind, readKind, readObject } from './objects.ts';

/** Direct members of a group that exist and can be seen; those of a dynamic group by its rule. */
export function membersOf(world: World, group: Group): readonly DirectoryObject[] {
  const rule = group.membershipRule;
  if (isDynamic(group) && rule !== null) {
    return listKind(world, 'user')
      .filter((user) => satisfiesRule(user, rule) === true)
      .map((entity) => ({ kind: 'user', entity }));
  }
  return present(world, targetsOf(world.database, 'members', group.id));
}

/** Members of a group and of the groups in it. */
export function transitiveMembersOf(world: World, group: Group): readonly DirectoryObject[] {
  const found = new Map<string, DirectoryObject>();
  const visit = (current: Group): void => {
    for (const member of membersOf(world, current)) {
      if (found.has(member.entity.id)) continue;
      found.set(member.entity.id, member);
      if (member.kind === 'group') visit(member.entity);
    }
  };
  visit(group);
  return [...found.values()];
}

/** Groups that a user or group is a direct member of, dynamic ones included. */
export function groupsOf(world: World, member: DirectoryObject): readonly Group[] {
  const assigned = sourcesOf(world.database, 'members', member.entity.id).flatMap((id) => readKind(world, 'group', id) ?? []);
  return member.kind === 'user' ? [...assigned, ...dynamicGroupsOf(world, member.entity)] : assigned;
}

/** Groups that a user or group is a member of, directly or through other groups. */
export function transitiveGroupsOf(world: World, member: DirectoryObject): readonly Group[] {
  const found = new Map<string, Group>();
  const visit = (current: DirectoryObject): void => {
    for (const group of groupsOf(world, current)) {
      if (found.has(group.id)) continue;
      found.set(group.id, group);
      visit({ kind: 'group', entity: group });
    }
  };
  visit(member);
  return [...found.values()];
}

/** Directory roles assigned to the object itself. */
export function rolesOf(world: World, id: string): readonly DirectoryRole[] {
  return sourcesOf(world.database, 'roleMembers', id).flatMap((role) => readKind(world, 'directoryRole', role) ?? []);
}

/** Directory roles of a user or group, directly or through groups. */
export function transitiveRolesOf(world: World, member: DirectoryObject): readonly DirectoryRole[] {
  const holders = [member.entity.id, ...transitiveGroupsOf(world, member).map((group) => group.id)];
  return [...new Map(holders.flatMap((id) => rolesOf(world, id)).map((role) => [role.id, role])).values()];
}

/** Whether the user holds a directory role, or is a member or owner of a role-assignable group. Applications without a role of their own may not change such users in sensitive ways. */
export function isPrivileged(world: World, user: User): boolean {
  const member: DirectoryObject = { kind: 'user', entity: user };
  const owned = sourcesOf(world.database, 'owners', user.id).flatMap((id) => readKind(world, 'group', id) ?? []);
  return (
    transitiveRolesOf(world, member).length > 0 || [...groupsOf(world, member), ...owned].some((group) => group.isAssignableToRole === true)
  );
}

/** Whether the user is privileged, and the application has no role by which it may change such users in sensitive ways. */
export function isOutOfReach(world: World, user: User): boolean {
  return !world.settings.graph.privilegedWritable && isPrivileged(world, user);
}

/** Whether a rule decides on the group's members. */
export function isDynamic(group: Group): boolean {
  return group.groupTypes.includes('DynamicMembership');
}

/** The objects with these ids that exist and can be seen. */
export function present(world: World, ids: readonly string[]): readonly DirectoryObject[] {
  return ids.flatMap((id) => readObject(world, id) ?? []);
}

function dynamicGroupsOf(world: World, user: User): readonly Group[] {
  return world.database
    .prepare(
      "SELECT id FROM graph_objects WHERE kind = 'group' AND deleted = 0 AND json_extract(body, '$.membershipRule') IS NOT NULL ORDER BY id",
    )
    .all()
    .flatMap((row) => readKind(world, 'group', String(row['id'])) ?? [])
    .filter((group) => isDynamic(group) && satisfiesRule(user, group.membershipRule ?? '') === true);
}
