import type { World } from '../../foundation/world.ts';
import { conflict } from '../http/graph-failure.ts';
import type { User } from '../store/entities.ts';
import { addressHolder, findUsers } from '../store/objects.ts';

/** Throws 400 `ObjectConflict` when another object holds the user's principal name, anchor or one of its addresses; objects that cannot be seen yet count, deleted ones do not. */
export function requireFree(world: World, user: Pick<User, 'id' | 'userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses'>): void {
  const isOther = (other: { readonly id: string }): boolean => other.id !== user.id;
  if (findUsers(world, 'userPrincipalName', user.userPrincipalName).some(isOther)) throw conflict('userPrincipalName');
  const anchor = user.onPremisesImmutableId;
  if (
    anchor !== null &&
    findUsers(world, 'onPremisesImmutableId', anchor).some((other) => isOther(other) && other.onPremisesImmutableId === anchor)
  ) {
    throw conflict('onPremisesImmutableId');
  }
  const holders = user.proxyAddresses.map((address) => addressHolder(world.database, address));
  if (holders.some((id) => id !== undefined && id !== user.id)) throw conflict('proxyAddresses');
}
