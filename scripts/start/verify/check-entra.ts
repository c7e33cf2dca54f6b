import { compare, compareSets, type Expectation, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** The one user in the tenant: synced from the directory by its anchor or cloud only, open or shut by date, with licence, groups and manager, its name nobody else's. */
export function checkEntra(expected: Expectation, world: World): readonly Finding[] {
  const { hire, stage, licence, entraGroups, jobTitle } = expected;
  const users = world.graph.users.filter(({ employeeId, deleted }) => employeeId === hire.workerId && !deleted);
  const wanted = stage === 'nothing' ? 0 : 1;
  const [user] = users;
  if (users.length !== wanted || user === undefined) return compare('Entra', 'users in the tenant', wanted, users.length);
  const assigned = world.graph.groups.filter(({ id, membershipRule }) => user.groups.includes(id) && membershipRule == null);
  const skus = user.assignedLicenses.map(
    ({ skuId }) => world.graph.subscribedSkus.find((sku) => sku.skuId === skuId)?.skuPartNumber ?? skuId,
  );
  const bearers = world.graph.users.filter(
    (other) => !other.deleted && other.userPrincipalName.toLowerCase() === user.userPrincipalName.toLowerCase(),
  );
  return [
    ...compare('Entra', 'enabled', stage === 'open', user.accountEnabled),
    ...checkSync(expected, user, world),
    ...compareSets(
      'Entra',
      'groups',
      entraGroups,
      assigned.map(({ displayName }) => displayName),
    ),
    ...compareSets('Entra', 'licences', [licence], skus),
    ...compare('Entra', 'manager', hire.managerId, world.graph.users.find(({ id }) => id === user.manager)?.employeeId),
    ...(jobTitle === undefined ? [] : compare('Entra', 'job title', jobTitle, user.jobTitle)),
    ...compare('Entra', 'users with its sign-in name', 1, bearers.length),
  ];
}

function checkSync({ hire, isEmployee }: Expectation, user: World['graph']['users'][number], { directory }: World): readonly Finding[] {
  if (!isEmployee) return compare('Entra', 'synced from the directory', false, user.onPremisesSyncEnabled === true);
  const account = directory.find(({ employeeID }) => employeeID === hire.workerId);
  return [
    ...compare('Entra', 'anchor', account === undefined ? undefined : anchorOf(account), user.onPremisesImmutableId),
    ...compare('Entra', 'sign-in name as in the directory', account?.userPrincipalName, user.userPrincipalName),
  ];
}

/** Base64 of `ms-DS-ConsistencyGuid`, else of `objectGUID` (https://learn.microsoft.com/entra/identity/hybrid/connect/plan-connect-design-concepts). */
function anchorOf(account: World['directory'][number]): string {
  const written = account['mS-DS-ConsistencyGuid'];
  if (written !== undefined) return Buffer.from(written, 'hex').toString('base64');
  const bytes = Buffer.from((account.objectGUID ?? '').replaceAll('-', ''), 'hex');
  // A GUID's first three parts are kept little-endian ([MS-DTYP] 2.3.4.2).
  return Buffer.concat([
    bytes.subarray(0, 4).toReversed(),
    bytes.subarray(4, 6).toReversed(),
    bytes.subarray(6, 8).toReversed(),
    bytes.subarray(8),
  ]).toString('base64');
}
