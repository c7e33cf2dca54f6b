import { z } from 'zod';
import type { AppRoleReader } from '../../ports/readers/app-roles.ts';
import type { Api } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { listResources } from './list-resources.ts';
import { equalsFilter } from './search-users.ts';

const named = z.object({ value: z.string().nullish(), display: z.string().nullish() }).nullish();
const grant = z.object({
  id: z.string().min(1),
  app: named,
  entitlement: z.object({ attributeName: z.string().nullish(), attributeValue: z.string().nullish() }).nullish(),
});
const appRole = z.object({ displayName: z.string().nullish() });

/**
 * Reads what applications grant to a user directly (`/Grants`, Oracle's `oci-identitydomains` SDK): an application role, or the application as a whole. The name of a role is read once; where it cannot be, the
 * role goes by its id.
 */
export function createGrantReader(api: Api): AppRoleReader {
  const known = new Map<string, string>();
  const nameOf = async (roleId: string, signal: AbortSignal): Promise<string> => {
    const name = known.get(roleId) ?? (await lookOr(readName(api, roleId, signal), undefined));
    if (name !== undefined) known.set(roleId, name);
    return name ?? roleId;
  };
  return {
    appRolesOf: async (accountId, signal) => {
      const filter = equalsFilter('grantee.value', accountId);
      const grants = await listResources(api, { path: '/Grants', filter, item: grant }, signal);
      return Promise.all(
        grants.map(async ({ id, app, entitlement }) => {
          const roleId = entitlement?.attributeName === 'appRoles' ? (entitlement.attributeValue ?? '') : '';
          const role = roleId === '' ? 'access' : await nameOf(roleId, signal);
          return { id, application: app?.display ?? app?.value ?? '', role, grants: `${app?.value ?? ''}/${roleId}` };
        }),
      );
    },
  };
}

async function readName(api: Api, roleId: string, signal: AbortSignal): Promise<string | undefined> {
  const path = withQuery(`/AppRoles/${encodeURIComponent(roleId)}`, { attributes: 'displayName' });
  return parseReply(api.system, await api.read({ method: 'GET', path }, signal), appRole).displayName ?? undefined;
}
