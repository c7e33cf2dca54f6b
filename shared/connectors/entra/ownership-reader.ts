import { z } from 'zod';
import type { FoundOwned, OwnershipReader } from '../../ports/readers/ownerships.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { withQuery } from '../http/with-query.ts';

const owned = z.object({ id: z.string(), '@odata.type': z.string(), displayName: z.string().nullish() });
const owner = z.object({ id: z.string() });

const types: Readonly<Record<string, FoundOwned['type']>> = {
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.application': 'application',
  '#microsoft.graph.servicePrincipal': 'application',
};

/** Reads what a user owns (https://learn.microsoft.com/graph/api/user-list-ownedobjects), and who owns a group. */
export function createOwnershipReader(api: Api): OwnershipReader {
  return {
    ownedBy: async (accountId, signal) => {
      const path = withQuery(`/users/${encodeURIComponent(accountId)}/ownedObjects`, { $select: 'id,displayName', $top: '999' });
      const found = await graphList(api, { method: 'GET', path }, owned, signal);
      return found.map(({ id, displayName, '@odata.type': type }) => ({ id, name: displayName ?? id, type: types[type] ?? 'other' }));
    },
    ownersOf: async (groupId, signal) => {
      const path = withQuery(`/groups/${encodeURIComponent(groupId)}/owners`, { $select: 'id', $top: '999' });
      return (await graphList(api, { method: 'GET', path }, owner, signal)).map(({ id }) => id);
    },
  };
}
