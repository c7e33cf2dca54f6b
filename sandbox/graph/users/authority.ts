import type { World } from '../../foundation/world.ts';
import { denied, mastered } from '../http/graph-failure.ts';
import type { User } from '../store/entities.ts';
import { isOutOfReach } from '../store/memberships.ts';

/** What the cloud may write to a user whom AD masters; `accountEnabled` holds until the next synchronisation overwrites it. */
export const cloudOwned: ReadonlySet<string> = new Set(['usageLocation', 'accountEnabled']);

// https://learn.microsoft.com/graph/api/resources/users#who-can-perform-sensitive-actions
const sensitive: ReadonlySet<string> = new Set([
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'otherMails',
  'passwordProfile',
  'userPrincipalName',
]);

/** Throws 403 when the properties are sensitive and the user holds privileges, 400 when AD masters one of them. */
export function requireWritable(world: World, user: User, properties: readonly string[]): void {
  if (properties.some((name) => sensitive.has(name)) && isOutOfReach(world, user)) throw denied();
  if (user.onPremisesSyncEnabled === true && properties.some((name) => !cloudOwned.has(name))) throw mastered();
}
