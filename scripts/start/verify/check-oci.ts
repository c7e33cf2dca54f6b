import { compare, compareSets, type Expectation, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** The one user in the identity domain: under the sign-in name of the tenant, active or not by date, in its groups. */
export function checkOci({ hire, stage, ociGroups }: Expectation, world: World): readonly Finding[] {
  const users = world.oci.filter(({ employeeNumber }) => employeeNumber === hire.workerId);
  const wanted = stage === 'nothing' ? 0 : 1;
  const [user] = users;
  if (users.length !== wanted || user === undefined) return compare('OCI', 'users in the identity domain', wanted, users.length);
  const signInName = world.graph.users.find(({ employeeId, deleted }) => employeeId === hire.workerId && !deleted)?.userPrincipalName;
  return [
    ...compare('OCI', 'user name', signInName, user.userName),
    ...compare('OCI', 'active', stage === 'open', user.active),
    ...compareSets(
      'OCI',
      'groups',
      ociGroups,
      user.groups.map(({ display }) => display),
    ),
  ];
}
