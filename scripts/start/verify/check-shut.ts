import { compare, compareSets, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** What may be left of a leaver: groups that are not Gatehouse's to take away. */
export type Left = { readonly adGroups?: readonly string[]; readonly entraGroups?: readonly string[] };

const accountDisabled = 2;
const leavers = 'OU=Leavers,DC=corp,DC=contoso,DC=example';

/** Whoever has left gets in nowhere and has nothing any more: no open account, group, licence, pass, way to sign in or credential. Accounts that were deleted since are right too. */
export function checkShut(workerId: string, world: World, left: Left = {}): readonly Finding[] {
  return [...checkAccount(workerId, world, left), ...checkUser(workerId, world, left), ...checkOciUser(workerId, world)];
}

function checkAccount(workerId: string, { directory }: World, { adGroups = [] }: Left): readonly Finding[] {
  const accounts = directory.filter(({ employeeID, objectClass }) => employeeID === workerId && objectClass?.includes('user') === true);
  return accounts.flatMap(({ dn, userAccountControl, memberOf = [] }) => [
    ...compare('AD', 'enabled', false, (Number(userAccountControl) & accountDisabled) === 0),
    ...compare('AD', 'unit', leavers, dn.slice(dn.search(/(?<!\\),/) + 1)),
    ...compareSets(
      'AD',
      'groups',
      adGroups,
      memberOf.map((group) => /^CN=([^,]+)/.exec(group)?.[1] ?? group),
    ),
  ]);
}

function checkUser(workerId: string, { graph }: World, { entraGroups = [] }: Left): readonly Finding[] {
  const users = graph.users.filter(({ employeeId, deleted }) => employeeId === workerId && !deleted);
  return users.flatMap((user) => {
    const assigned = graph.groups.filter(({ id, membershipRule }) => user.groups.includes(id) && membershipRule == null);
    const ways = user.methods.filter((method) => !method['@odata.type'].includes('passwordAuthentication'));
    return [
      ...compare('Entra', 'enabled', false, user.accountEnabled),
      ...compareSets(
        'Entra',
        'groups',
        entraGroups,
        assigned.map(({ displayName }) => displayName),
      ),
      ...compare('Entra', 'licences', 0, user.assignedLicenses.length),
      ...compare('Entra', 'ways to sign in besides a password', 0, ways.length),
    ];
  });
}

function checkOciUser(workerId: string, { oci }: World): readonly Finding[] {
  return oci
    .filter(({ employeeNumber }) => employeeNumber === workerId)
    .flatMap(({ active, groups, credentials, factors = {} }) => [
      ...compare('OCI', 'active', false, active),
      ...compare('OCI', 'groups', 0, groups.length),
      ...compare('OCI', 'credentials', 0, Object.values(credentials).flat().length),
      ...compare('OCI', 'second factors and remembered browsers', 0, Object.values(factors).flat().length),
    ]);
}
