import type { World } from '../../foundation/world.ts';
import { parameter, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import type { User } from '../store/entities.ts';
import { findUsers, isVisible, readKind } from '../store/objects.ts';

/** The user with this id or user principal name, if it can be seen. */
export function findUser(world: World, name: string): User | undefined {
  if (!name.includes('@')) return readKind(world, 'user', name);
  return findUsers(world, 'userPrincipalName', name).find(({ id }) => isVisible(world, id));
}

/** The user of the path. Throws 404, which names what the path said. */
export function requireUser(call: GraphCall): User {
  const name = parameter(call, 'user-id');
  const user = findUser(call.world, name);
  if (user === undefined) throw notFound(name);
  return user;
}
