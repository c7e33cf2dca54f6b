import { z } from 'zod';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { withQuery } from '../http/with-query.ts';

const object = z.object({ id: z.string() });

/**
 * Ids of the users, deleted users and groups that bear a name. Addresses (`userPrincipalName`, `mail`) are one name space: principal name, mail and
 * every proxy address, of users and of groups; a user principal name is also held by a deleted user, who may be restored.
 */
export async function findHolders(api: Api, attribute: string, value: string, signal: AbortSignal): Promise<readonly string[]> {
  const literal = odataLiteral(value);
  if (attribute !== 'userPrincipalName' && attribute !== 'mail') return idsOf(api, '/users', `${attribute} eq ${literal}`, signal);
  const proxy = `proxyAddresses/any(p:p eq ${odataLiteral(`smtp:${value}`)})`;
  const found = await Promise.all([
    idsOf(api, '/users', `userPrincipalName eq ${literal} or mail eq ${literal} or ${proxy}`, signal),
    idsOf(api, '/groups', `mail eq ${literal} or ${proxy}`, signal),
    deletedHolders(api, value, signal),
  ]);
  return [...new Set(found.flat())];
}

async function idsOf(api: Api, path: string, filter: string, signal: AbortSignal): Promise<readonly string[]> {
  const objects = await graphList(api, { method: 'GET', path: withQuery(path, { $select: 'id', $filter: filter }) }, object, signal);
  return objects.map(({ id }) => id);
}

const deletedUser = z.object({ id: z.string(), userPrincipalName: z.string().nullish() });

// A deleted user's principal name gets its object id, without dashes, put in front (https://learn.microsoft.com/graph/api/directory-deleteditems-list), so no
// filter for equality finds it; the recycle bin holds 30 days and is small enough to be looked through.
async function deletedHolders(api: Api, value: string, signal: AbortSignal): Promise<readonly string[]> {
  const path = withQuery('/directory/deletedItems/microsoft.graph.user', { $select: 'id,userPrincipalName', $top: '999' });
  const users = await graphList(api, { method: 'GET', path }, deletedUser, signal);
  const wanted = value.toLowerCase();
  return users
    .filter(({ id, userPrincipalName }) => withoutPrefix(userPrincipalName ?? '', id).toLowerCase() === wanted)
    .map(({ id }) => id);
}

function withoutPrefix(userPrincipalName: string, id: string): string {
  const prefix = id.replaceAll('-', '');
  return userPrincipalName.startsWith(prefix) ? userPrincipalName.slice(prefix.length) : userPrincipalName;
}
