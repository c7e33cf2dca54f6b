import { transaction } from '../../foundation/transaction.ts';
import type { World } from '../../foundation/world.ts';
import { checkRequestBody } from '../contract/check-exchange.ts';
import { matchOperation } from '../contract/match-operation.ts';
import { badRequest, mastered, notFound } from '../http/graph-failure.ts';
import { addEdge, removeEdge } from '../store/edges.ts';
import type { Group, User } from '../store/entities.ts';
import { isDynamic } from '../store/memberships.ts';
import { readKind } from '../store/objects.ts';
import { cloudOwned } from '../users/authority.ts';
import { findUser } from '../users/find-user.ts';
import { changeUser } from '../users/update-user.ts';

/** Changes a user, by id or principal name, as an administrator with every right does in the portal: the tenant's rules hold, the application's limits do not. Returns the id. */
export function changeUserByHand(world: World, name: string, values: Readonly<Record<string, unknown>>): { readonly id: string } {
  const user = requireUser(world, name);
  const matched = matchOperation('PATCH', `/users/${user.id}`);
  const problems = matched.is === 'operation' ? checkRequestBody(matched, values) : [];
  if (problems.length > 0) throw badRequest(problems.join(' '));
  if (user.onPremisesSyncEnabled === true && Object.keys(values).some((property) => !cloudOwned.has(property))) throw mastered();
  transaction(world.database, () => changeUser(world, user, values));
  return { id: user.id };
}

/** Adds a user to a group, as an administrator does. Throws 400 when the user is in it, or the group's members are not assigned in the cloud. */
export function addMemberByHand(world: World, groupId: string, name: string): { readonly group: string; readonly member: string } {
  const group = requireAssigned(world, groupId);
  const user = requireUser(world, name);
  if (!addEdge(world.database, 'members', group.id, user.id)) throw badRequest('The user is a member already.');
  return { group: group.id, member: user.id };
}

/** Takes a user out of a group, as an administrator does. Throws 404 when the user is not in it. */
export function removeMemberByHand(world: World, groupId: string, name: string): { readonly group: string; readonly member: string } {
  const group = requireAssigned(world, groupId);
  const user = requireUser(world, name);
  if (!removeEdge(world.database, 'members', group.id, user.id)) throw notFound(user.id);
  return { group: group.id, member: user.id };
}

function requireUser(world: World, name: string): User {
  const user = findUser(world, name);
  if (user === undefined) throw notFound(name);
  return user;
}

function requireAssigned(world: World, id: string): Group {
  const group = readKind(world, 'group', id);
  if (group === undefined) throw notFound(id);
  if (group.onPremisesSyncEnabled === true || isDynamic(group)) throw mastered();
  return group;
}
