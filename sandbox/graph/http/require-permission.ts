import type { World } from '../../foundation/world.ts';
import type { MatchedOperation } from '../contract/match-operation.ts';
import { handsClient } from '../../tokens/clients.ts';
import { denied } from './graph-failure.ts';

/** Throws 403 where the application was granted none of the permissions that serve the operation. By default it was granted all of them. */
export function requirePermission(world: World, client: string, { operation }: MatchedOperation): void {
  const { permissions: usual, handsPermissions } = world.settings.graph;
  const permissions = client === handsClient.id ? handsPermissions : usual;
  // Some name the resource that they are for as well, such as `User.Read.All (resource users)`.
  const serving = operation['x-permissions-application']?.all.map((name) => name.split(' ')[0] ?? name) ?? [];
  if (permissions === 'all' || serving.length === 0 || serving.some((name) => permissions.includes(name))) return;
  throw denied();
}
