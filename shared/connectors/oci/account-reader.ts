import { z } from 'zod';
import type { AccountReader, FoundAccount } from '../../ports/readers/accounts.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { foundOrGone } from './gone.ts';
import { scimAttributes, scimPath } from './scim-attributes.ts';
import { scimSchemas } from './scim-schemas.ts';
import { listedOnRequest, toListedAccount } from './listed-account.ts';
import { scimRead, scimUser, toFoundAccount, type ScimUser } from './scim-user.ts';
import { equalsFilter, searchUsers } from './search-users.ts';

/** Reads users of the domain. `privilegedGroups` are ids of groups whose members count as privileged, besides whoever holds an administrator role. */
export function createAccountReader(api: Api, privilegedGroups: readonly string[]): AccountReader {
  return {
    byId: async (id, signal) => {
      const user = await foundOrGone(api, { in: 'Users', id }, readUser(api, id, signal), signal);
      return user === undefined ? undefined : toFoundAccount(user);
    },
    byEmployeeId: async (employeeId, signal) => {
      const found: FoundAccount[] = [];
      for await (const user of searchUsers(api, { filter: equalsFilter(pathOf('employeeNumber'), employeeId) }, signal))
        found.push(toFoundAccount(user));
      return found;
    },
    byAnchor: () => Promise.resolve([]),
    holdersOf: (attribute, value, signal) => idsWhere(api, equalsFilter(pathOf(attribute), value), signal),
    all: (signal) => allUsers(api, signal),
    isPrivileged: (id, signal) => holdsPrivilege(api, id, privilegedGroups, signal),
    // No recycle bin is documented (https://docs.oracle.com/en-us/iaas/Content/Identity/users/delete-user-accounts.htm).
    isRestorable: () => Promise.resolve(false),
    reportsOf: (id, signal) => idsWhere(api, equalsFilter(pathOf('manager'), id), signal),
  };
}

/** Reads one user; throws `target-not-found` where there is none. */
export async function readUser(api: Api, id: string, signal: AbortSignal): Promise<ScimUser> {
  const path = withQuery(`/Users/${encodeURIComponent(id)}`, { attributes: scimRead.join(',') });
  return parseReply(api.system, await api.read({ method: 'GET', path }, signal), scimUser);
}

async function idsWhere(api: Api, filter: string, signal: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of searchUsers(api, { filter, attributes: ['id'] }, signal)) ids.push(id);
  return ids;
}

async function* allUsers(api: Api, signal: AbortSignal): AsyncIterable<FoundAccount> {
  const attributes = [...scimRead, ...listedOnRequest];
  for await (const user of searchUsers(api, { attributes }, signal)) yield toListedAccount(user);
}

function pathOf(attribute: string): string {
  if (attribute === 'email') return 'emails.value';
  const place = scimAttributes[attribute];
  return place === undefined ? attribute : scimPath(place);
}

const privileges = z.object({
  groups: z.array(z.object({ value: z.string() })).nullish(),
  [scimSchemas.oracleUser]: z
    .object({ appRoles: z.array(z.object({ adminRole: z.boolean().nullish(), display: z.string().nullish() })).nullish() })
    .nullish(),
});

/** The administrator roles of an identity domain (https://docs.oracle.com/en-us/iaas/Content/Identity/roles/understand-administrator-roles.htm). */
const administratorRole = /^(Identity Domain|Security|Application|User|Help Desk|Audit|Verify) (Administrator|Manager)$/;

async function holdsPrivilege(api: Api, id: string, privilegedGroups: readonly string[], signal: AbortSignal): Promise<boolean> {
  const attributes = `groups,${scimSchemas.oracleUser}:appRoles`;
  const reply = await api.read({ method: 'GET', path: withQuery(`/Users/${encodeURIComponent(id)}`, { attributes }) }, signal);
  const user = parseReply(api.system, reply, privileges);
  const roles = user[scimSchemas.oracleUser]?.appRoles ?? [];
  const isAdministrator = roles.some(({ adminRole, display }) => adminRole === true || administratorRole.test(display ?? ''));
  return isAdministrator || (user.groups ?? []).some(({ value }) => privilegedGroups.includes(value));
}
