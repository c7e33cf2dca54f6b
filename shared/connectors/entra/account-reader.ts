import type { AccountReader, FoundAccount } from '../../ports/readers/accounts.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList, graphPages } from '../http/graph-pages.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { isDeleted } from './is-deleted.ts';
import { readReports } from './read-reports.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { graphUser, graphUserOptions, toFoundAccount } from './graph-user.ts';
import { findHolders } from './find-holders.ts';
import { holdsPrivilege } from './holds-privilege.ts';

const pageSize = '999';

/** Reads users of the tenant. */
export function createAccountReader(api: Api): AccountReader {
  const matching = async (filter: string, signal: AbortSignal): Promise<readonly FoundAccount[]> => {
    const users = await graphList(
      api,
      { method: 'GET', path: withQuery('/users', { ...graphUserOptions, $filter: filter }) },
      graphUser,
      signal,
    );
    return users.map(toFoundAccount);
  };
  return {
    byId: (id, signal) => foundOrUndefined(readUser(api, id, signal)),
    byEmployeeId: (employeeId, signal) => matching(`employeeId eq ${odataLiteral(employeeId)}`, signal),
    // A filter ignores the case of letters, which base64 does not.
    byAnchor: async (anchor, signal) =>
      (await matching(`onPremisesImmutableId eq ${odataLiteral(anchor)}`, signal)).filter((account) => account.anchor === anchor),
    holdersOf: (attribute, value, signal) => findHolders(api, attribute, value, signal),
    all: (signal) => allUsers(api, signal),
    isPrivileged: (id, signal) => holdsPrivilege(api, id, signal),
    isRestorable: (id, signal) => isDeleted(api, id, signal),
    reportsOf: (id, signal) => readReports(api, id, signal),
  };
}

async function readUser(api: Api, id: string, signal: AbortSignal): Promise<FoundAccount> {
  const reply = await api.read({ method: 'GET', path: withQuery(`/users/${encodeURIComponent(id)}`, graphUserOptions) }, signal);
  return toFoundAccount(parseReply(api.system, reply, graphUser));
}

async function* allUsers(api: Api, signal: AbortSignal): AsyncIterable<FoundAccount> {
  const request = { method: 'GET' as const, path: withQuery('/users', { ...graphUserOptions, $top: pageSize }) };
  for await (const user of graphPages(api, request, graphUser, signal)) yield toFoundAccount(user);
}
