import { compare, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

/** Nothing of the person is there in any system. */
export function checkGone(workerId: string, { directory, graph, oci }: World): readonly Finding[] {
  const accounts = directory.filter(({ employeeID, objectClass }) => employeeID === workerId && objectClass?.includes('user') === true);
  return [
    ...compare('AD', 'accounts in the directory', 0, accounts.length),
    ...compare(
      'Entra',
      'users in the tenant',
      0,
      graph.users.filter(({ employeeId, deleted }) => employeeId === workerId && !deleted).length,
    ),
    ...compare('OCI', 'users in the identity domain', 0, oci.filter(({ employeeNumber }) => employeeNumber === workerId).length),
  ];
}
