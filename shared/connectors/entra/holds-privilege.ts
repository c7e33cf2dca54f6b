import { z } from 'zod';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { withQuery } from '../http/with-query.ts';

const role = z.object({ id: z.string() });
const group = z.object({ id: z.string(), isAssignableToRole: z.boolean().nullish() });

/**
 * Whether the account holds a directory role, active or eligible, or is in a role-assignable group (through which roles and eligibilities come too). Fails closed: what cannot be
 * read throws. https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions
 */
export async function holdsPrivilege(api: Api, id: string, signal: AbortSignal): Promise<boolean> {
  const user = `/users/${encodeURIComponent(id)}`;
  const ofPrincipal = { $filter: `principalId eq ${odataLiteral(id)}` };
  const [roles, groups, assignments, eligibilities] = await Promise.all([
    graphList(
      api,
      { method: 'GET', path: withQuery(`${user}/transitiveMemberOf/microsoft.graph.directoryRole`, { $select: 'id' }) },
      role,
      signal,
    ),
    graphList(
      api,
      { method: 'GET', path: withQuery(`${user}/transitiveMemberOf/microsoft.graph.group`, { $select: 'id,isAssignableToRole' }) },
      group,
      signal,
    ),
    graphList(api, { method: 'GET', path: withQuery('/roleManagement/directory/roleAssignments', ofPrincipal) }, role, signal),
    graphList(
      api,
      { method: 'GET', path: withQuery('/roleManagement/directory/roleEligibilityScheduleInstances', ofPrincipal) },
      role,
      signal,
    ),
  ]);
  return (
    roles.length + assignments.length + eligibilities.length > 0 || groups.some(({ isAssignableToRole }) => isAssignableToRole === true)
  );
}
