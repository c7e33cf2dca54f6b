import { GatehouseError } from '../../errors.ts';
import type { FoundGroup, MembershipReader } from '../../ports/readers/memberships.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { withQuery } from '../http/with-query.ts';
import { pageOf } from './account-reader.ts';
import type { GroupDirectory, GroupNaming } from './group-directory.ts';
import { propertyOf } from './json.ts';
import { readResource, type Resource } from './list-resources.ts';
import { groupsIn } from './scim-account.ts';
import type { ScimContext } from './scim-context.ts';

/** What the reader of groups is made of; members of `privileged` groups hold a privilege, so these take none from us. */
export type Groups = { readonly directory: GroupDirectory; readonly naming: GroupNaming; readonly privileged: readonly string[] };

/** Reads groups and direct memberships, by the names that the configuration has for them. */
export function createMembershipReader(context: ScimContext, groups: Groups): MembershipReader {
  const groupsOf = (accountId: string, signal: AbortSignal) => readGroupsOf(context, groups, accountId, signal);
  return {
    group: (name, signal) => readGroup(context, groups, name, signal),
    groupsOf,
    membersOf: (name, signal) => membersOf(context, groups, name, signal),
    isMember: async (name, accountId, signal) => (await groupsOf(accountId, signal)).includes(name),
  };
}

/** A declared group that is not there yet is shown as it will be: it is made with its first member. */
async function readGroup(context: ScimContext, groups: Groups, name: string, signal: AbortSignal): Promise<FoundGroup | undefined> {
  const id = await groups.directory.idOf(name, signal);
  const kind = groups.privileged.includes(name) ? 'role-assignable' : 'static';
  if (id === undefined) return { id: name, name: groups.naming.declared.get(name) ?? name, kind };
  const path = withQuery(await groupPath(context, id), { excludedAttributes: 'members' });
  const found = await foundOrUndefined(readResource(context.api, path, signal));
  if (found === undefined) return undefined;
  const shown = propertyOf(found.resource, 'displayName');
  return { id: name, name: typeof shown === 'string' ? shown : name, kind };
}

async function readGroupsOf(
  context: ScimContext,
  { directory }: Groups,
  accountId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const service = await context.service();
  const { api, profile } = context;
  if (profile.groupsFrom === 'user') {
    const { resource } = await readResource(api, `${service.users}/${encodeURIComponent(accountId)}`, signal);
    return groupsIn(resource);
  }
  const listing = { path: service.groups, count: pageOf(context, service) };
  const holds = (group: Resource, wanted: string) => accountsIn(group).includes(wanted);
  const valueOf = (group: Resource) => accountsIn(group)[0];
  const found = await context.find({ listing, path: 'members.value', value: accountId, holds, valueOf }, signal);
  return found.map((group) => directory.nameOf(group));
}

async function* membersOf(context: ScimContext, { directory }: Groups, name: string, signal: AbortSignal): AsyncGenerator<string> {
  const id = await directory.idOf(name, signal);
  if (id === undefined) throw new GatehouseError('target-not-found', `${context.api.system} has no group ${name} yet.`);
  yield* accountsIn((await readResource(context.api, await groupPath(context, id), signal)).resource);
}

/** The path of one group. */
export async function groupPath(context: ScimContext, id: string): Promise<string> {
  return `${(await context.service()).groups}/${encodeURIComponent(id)}`;
}

/** Ids of the accounts among the members: a member without a type is one (RFC 7643 section 4.2). */
function accountsIn(group: Resource): readonly string[] {
  const members = propertyOf(group, 'members');
  if (!Array.isArray(members)) return [];
  return members.flatMap((member) => {
    const value = propertyOf(member, 'value');
    const type = propertyOf(member, 'type');
    return typeof value === 'string' && (typeof type !== 'string' || type.toLowerCase() === 'user') ? [value] : [];
  });
}
