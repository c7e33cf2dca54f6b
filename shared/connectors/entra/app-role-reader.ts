import { z } from 'zod';
import type { AppRoleReader } from '../../ports/readers/app-roles.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { lookOr } from '../http/look-or.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const assignment = z.object({
  id: z.string(),
  appRoleId: z.string(),
  resourceId: z.string().nullish(),
  resourceDisplayName: z.string().nullish(),
  principalId: z.string().nullish(),
});
const application = z.object({ appRoles: z.array(z.object({ id: z.string(), displayName: z.string().nullish() })).nullish() });

/** Names of an application's roles, by their ids. */
type RoleNames = ReadonlyMap<string, string>;

// An application without roles of its own is assigned with this one (https://learn.microsoft.com/graph/api/resources/approleassignment).
const defaultRole = '00000000-0000-0000-0000-000000000000';

/**
 * Reads app role assignments. Graph lists those of the groups that the user is in too (https://learn.microsoft.com/graph/api/user-list-approleassignments); they are left out. The names of an application's
 * roles are read once; where they cannot be, a role goes by its id.
 */
export function createAppRoleReader(api: Api): AppRoleReader {
  const known = new Map<string, RoleNames>();
  const namesOf = async (resourceId: string, signal: AbortSignal): Promise<RoleNames> => {
    const names = known.get(resourceId) ?? (await lookOr(readNames(api, resourceId, signal), undefined));
    if (names !== undefined) known.set(resourceId, names);
    return names ?? new Map();
  };
  return {
    appRolesOf: async (accountId, signal) => {
      const path = withQuery(`/users/${encodeURIComponent(accountId)}/appRoleAssignments`, { $top: '999' });
      const found = await graphList(api, { method: 'GET', path }, assignment, signal);
      const own = found.filter(({ principalId }) => principalId == null || principalId.toLowerCase() === accountId.toLowerCase());
      return Promise.all(
        own.map(async ({ id, appRoleId, resourceId, resourceDisplayName }) => {
          const names = resourceId == null || appRoleId === defaultRole ? new Map<string, string>() : await namesOf(resourceId, signal);
          const role = appRoleId === defaultRole ? 'default access' : (names.get(appRoleId) ?? appRoleId);
          return { id, application: resourceDisplayName ?? resourceId ?? '', role, grants: `${resourceId ?? ''}/${appRoleId}` };
        }),
      );
    },
  };
}

async function readNames(api: Api, resourceId: string, signal: AbortSignal): Promise<RoleNames> {
  const path = withQuery(`/servicePrincipals/${encodeURIComponent(resourceId)}`, { $select: 'id,appRoles' });
  const found = parseReply(api.system, await api.read({ method: 'GET', path }, signal), application);
  return new Map((found.appRoles ?? []).map(({ id, displayName }) => [id, displayName ?? id]));
}
