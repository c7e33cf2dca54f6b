import { z } from 'zod';
import type { FoundGroup, MembershipReader } from '../../ports/readers/memberships.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { parseReply } from '../http/parse-reply.ts';
import { scimSchemas } from './scim-schemas.ts';

const group = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  [scimSchemas.dynamicGroup]: z.object({ membershipType: z.string().nullish() }).nullish(),
});
const user = z.object({ groups: z.array(z.object({ value: z.string() })).nullish() });

/** Reads groups and direct memberships; members of `privileged` groups hold a privilege, so these take none from us; `groups` is returned only on request (Oracle's `oci-identitydomains` SDK, User.groups). */
export function createMembershipReader(api: Api, privileged: readonly string[]): MembershipReader {
  const groupsOf = async (accountId: string, signal: AbortSignal): Promise<readonly string[]> => {
    const reply = await api.read({ method: 'GET', path: `/Users/${encodeURIComponent(accountId)}?attributes=groups` }, signal);
    return (parseReply(api.system, reply, user).groups ?? []).map(({ value }) => value);
  };
  return {
    group: (groupId, signal) => foundOrUndefined(readGroup(api, privileged, groupId, signal)),
    groupsOf,
    isMember: async (groupId, accountId, signal) => (await groupsOf(accountId, signal)).includes(groupId),
  };
}

async function readGroup(api: Api, privileged: readonly string[], groupId: string, signal: AbortSignal): Promise<FoundGroup> {
  const found = parseReply(api.system, await api.read({ method: 'GET', path: `/Groups/${encodeURIComponent(groupId)}` }, signal), group);
  const isDynamic = found[scimSchemas.dynamicGroup]?.membershipType === 'dynamic';
  const kind = isDynamic ? 'dynamic' : privileged.includes(found.id) ? 'role-assignable' : 'static';
  return { id: found.id, name: found.displayName ?? found.id, kind };
}
