import type { World } from '../../foundation/world.ts';
import { tenant } from '../../tokens/tenant.ts';
import type { User } from '../store/entities.ts';
import { addressHolder, findUsers } from '../store/objects.ts';

/** The user without names that another object holds: Entra ID keeps such a user, gives it a principal name in the initial domain, leaves out the address,
 * and says so in `onPremisesProvisioningErrors` (https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-syncservice-duplicate-attribute-resiliency). */
export function withoutConflicts(world: World, user: User): User {
  const isNameTaken = findUsers(world, 'userPrincipalName', user.userPrincipalName).some(({ id }) => id !== user.id);
  const taken = user.proxyAddresses.filter((address) => ![undefined, user.id].includes(addressHolder(world.database, address)));
  if (!isNameTaken && taken.length === 0) return user;
  const quarantined = `${user.mailNickname ?? 'user'}${user.id.replaceAll(/\D/g, '').padEnd(4, '0').slice(0, 4)}@${tenant.initialDomain}`;
  const conflicts = [
    ...(isNameTaken ? [{ property: 'UserPrincipalName', value: user.userPrincipalName }] : []),
    ...taken.map((value) => ({ property: 'ProxyAddresses', value })),
  ];
  return {
    ...user,
    userPrincipalName: isNameTaken ? quarantined : user.userPrincipalName,
    proxyAddresses: user.proxyAddresses.filter((address) => !taken.includes(address)),
    onPremisesProvisioningErrors: conflicts.map(({ property, value }) => ({
      category: 'PropertyConflict',
      propertyCausingError: property,
      value,
    })),
  };
}
