import type { World } from '../../foundation/world.ts';
import { nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { denied } from '../http/graph-failure.ts';
import type { User } from '../store/entities.ts';
import { isOutOfReach } from '../store/memberships.ts';
import { updateObject } from '../store/objects.ts';
import { requireUser } from './find-user.ts';

/** `DELETE /users/{id}`: into deleted items for 30 days (https://learn.microsoft.com/graph/api/user-delete). */
export function deleteUser(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  if (isOutOfReach(call.world, user)) throw denied();
  softDelete(call.world, user);
  return { status: 204 };
}

/** Moves a user into deleted items. The id before the principal name frees the name for others, as Entra ID does it. */
export function softDelete(world: World, user: User): void {
  const userPrincipalName = `${user.id.replaceAll('-', '')}${user.userPrincipalName}`;
  updateObject(world.database, { ...user, userPrincipalName, deletedDateTime: nowText(world) });
}

/** The user as it was before it was deleted. */
export function undeleted(user: User): User {
  const prefix = user.id.replaceAll('-', '');
  const userPrincipalName = user.userPrincipalName.startsWith(prefix)
    ? user.userPrincipalName.slice(prefix.length)
    : user.userPrincipalName;
  return { ...user, userPrincipalName, deletedDateTime: null };
}
