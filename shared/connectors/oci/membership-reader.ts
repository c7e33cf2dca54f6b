import { z } from 'zod';
import type { FoundGroup, MembershipReader } from '../../ports/readers/memberships.ts';
import type { Api } from '../http/api.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { foundOrGone } from './gone.ts';
import { scimSchemas } from './scim-schemas.ts';

const group = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  [scimSchemas.dynamicGroup]: z.object({ membershipType: z.string().nullish() }).nullish(),
});
const withMembers = z.object({ members: z.array(z.object({ value: z.string(), type: z.string().nullish() })).nullish() });
const membersPage = 1000;
const user = z.object({ groups: z.array(z.object({ value: z.string() })).nullish() });

/** Reads groups and direct memberships; members of `privileged` groups hold a privilege, so these take none from us; `groups` is returned only on request (Oracle's `oci-identitydomains` SDK, User.groups). */
export function createMembershipReader(api: Api, privileged: readonly string[]): MembershipReader {
  const groupsOf = async (accountId: string, signal: AbortSignal): Promise<readonly string[]> => {
    const reply = await api.read({ method: 'GET', path: `/Users/${encodeURIComponent(accountId)}?attributes=groups` }, signal);
    return (parseReply(api.system, reply, user).groups ?? []).map(({ value }) => value);
  };
  return {
    group: (groupId, signal) => foundOrGone(api, { in: 'Groups', id: groupId }, readGroup(api, privileged, groupId, signal), signal),
    groupsOf,
    membersOf: (groupId, signal) => membersOf(api, groupId, signal),
    isMember: async (groupId, accountId, signal) => (await groupsOf(accountId, signal)).includes(groupId),
  };
}

// More than 10,000 members in one answer are refused (https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart/issues/179), so they are read in pages.
async function* membersOf(api: Api, groupId: string, signal: AbortSignal): AsyncGenerator<string> {
  for (let startIndex = 1; ; startIndex += membersPage) {
    const attributes = `members[startIndex=${startIndex}&count=${membersPage}]`;
    const path = withQuery(`/Groups/${encodeURIComponent(groupId)}`, { attributes });
    const members = parseReply(api.system, await api.read({ method: 'GET', path }, signal), withMembers).members ?? [];
    yield* members.filter(({ type }) => type == null || type === 'User').map(({ value }) => value);
    if (members.length < membersPage) return;
  }
}

async function readGroup(api: Api, privileged: readonly string[], groupId: string, signal: AbortSignal): Promise<FoundGroup> {
  const found = parseReply(api.system, await api.read({ method: 'GET', path: `/Groups/${encodeURIComponent(groupId)}` }, signal), group);
  const isDynamic = found[scimSchemas.dynamicGroup]?.membershipType === 'dynamic';
  const kind = isDynamic ? 'dynamic' : privileged.includes(found.id) ? 'role-assignable' : 'static';
  return { id: found.id, name: found.displayName ?? found.id, kind };
}
