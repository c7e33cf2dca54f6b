import { z } from 'zod';
import type { FoundGroup, MembershipReader } from '../../ports/readers/memberships.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList, graphPages } from '../http/graph-pages.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { createGroupLoader } from './group-loader.ts';
import type { RecentObjects } from './recent-objects.ts';

const group = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  mailEnabled: z.boolean().nullish(),
});
const selected = { $select: Object.keys(group.shape).join(',') };

/** Reads groups and direct memberships. A user whom we have just created and who cannot be seen yet is in no group. */
export function createMembershipReader(api: Api, recent: RecentObjects): MembershipReader {
  const load = createGroupLoader(api);
  const groupsOf = async (accountId: string, signal: AbortSignal): Promise<readonly string[]> => {
    const path = withQuery(`/users/${encodeURIComponent(accountId)}/memberOf/microsoft.graph.group`, { $select: 'id', $top: '999' });
    const reading = graphList(api, { method: 'GET', path }, z.object({ id: z.string() }), signal);
    const groups = recent.has(accountId) ? await foundOrUndefined(reading) : await reading;
    return (groups ?? []).map(({ id }) => id);
  };
  return {
    group: async (groupId, signal) => {
      const reply = await load(withQuery(`/groups/${encodeURIComponent(groupId)}`, selected), signal);
      return reply && toGroup(parseReply(api.system, reply, group));
    },
    groupsOf,
    membersOf: (groupId, signal) => membersOf(api, groupId, signal),
    isMember: async (groupId, accountId, signal) => (await groupsOf(accountId, signal)).includes(groupId),
  };
}

async function* membersOf(api: Api, groupId: string, signal: AbortSignal): AsyncGenerator<string> {
  const path = withQuery(`/groups/${encodeURIComponent(groupId)}/members/microsoft.graph.user`, { $select: 'id', $top: '999' });
  for await (const { id } of graphPages(api, { method: 'GET', path }, z.object({ id: z.string() }), signal)) yield id;
}

function toGroup(found: z.infer<typeof group>): FoundGroup {
  return { id: found.id, name: found.displayName ?? found.id, kind: kindOf(found) };
}

/** Which groups take members through Graph (https://learn.microsoft.com/graph/api/resources/groups-overview): distribution lists and mail-enabled security groups do not. */
function kindOf(found: z.infer<typeof group>): FoundGroup['kind'] {
  const types = found.groupTypes ?? [];
  if (types.includes('DynamicMembership')) return 'dynamic';
  if (found.onPremisesSyncEnabled === true) return 'synced';
  if (found.isAssignableToRole === true) return 'role-assignable';
  return found.mailEnabled === true && !types.includes('Unified') ? 'mail-enabled' : 'static';
}
