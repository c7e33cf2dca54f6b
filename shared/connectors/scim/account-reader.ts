import type { AccountReader, FoundAccount } from '../../ports/readers/accounts.ts';
import type { MembershipReader } from '../../ports/readers/memberships.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { propertyOf } from './json.ts';
import { listResources, readResource, type Resource } from './list-resources.ts';
import { valueAt } from './place-value.ts';
import { groupsIn, toFoundAccount } from './scim-account.ts';
import type { ScimContext } from './scim-context.ts';
import { filterPath, placeOf } from './scim-place.ts';
import type { ScimService } from './scim-service.ts';

/** Whose members, and who with which value of `roles`, counts as privileged. */
export type Privileges = { readonly groups: readonly string[]; readonly roles: readonly string[] };

/** Reads the users of an application. Without filters all users are read, and compared here. */
export function createAccountReader(context: ScimContext, memberships: MembershipReader, privileges: Privileges): AccountReader {
  const { form } = context;
  const found = (user: Resource): FoundAccount => toFoundAccount(user, form);
  const idsWith = async (attribute: string, value: string, signal: AbortSignal) =>
    (await usersWith(context, { attribute, value }, signal)).map(({ id }) => id);
  return {
    byId: async (id, signal) => {
      const user = await foundOrUndefined(readUser(context, id, signal));
      return user === undefined ? undefined : found(user.resource);
    },
    byEmployeeId: async (workerId, signal) =>
      form.workerId === null ? [] : (await usersWith(context, { attribute: form.workerId, value: workerId }, signal)).map(found),
    byAnchor: () => Promise.resolve([]),
    holdersOf: idsWith,
    all: (signal) => allAccounts(context, signal),
    isPrivileged: (id, signal) => holdsPrivilege(context, { id, memberships, privileges }, signal),
    // RFC 7644 section 3.6: a deleted resource is not found any more.
    isRestorable: () => Promise.resolve(false),
    reportsOf: async (id, signal) => (form.manager ? idsWith('manager', id, signal) : []),
  };
}

/** Reads one user, with the version that a change of it has to name; throws `target-not-found` where there is none. */
export async function readUser(context: ScimContext, id: string, signal: AbortSignal): ReturnType<typeof readResource> {
  return readResource(context.api, await userPath(context, id), signal);
}

/** The path of one user. */
export async function userPath(context: ScimContext, id: string): Promise<string> {
  return `${(await context.service()).users}/${encodeURIComponent(id)}`;
}

type Wanted = { readonly attribute: string; readonly value: string };

async function usersWith(context: ScimContext, { attribute, value }: Wanted, signal: AbortSignal): Promise<readonly Resource[]> {
  const place = placeOf(attribute);
  const service = await context.service();
  const isExact = service.rules.isCaseExact(place);
  const fold = (text: string) => (isExact ? text : text.toLowerCase());
  const listing = { path: service.users, count: pageOf(context, service) };
  const valueOf = (user: Resource) => {
    const held = valueAt(user, place);
    return typeof held === 'string' && held !== '' ? held : undefined;
  };
  const holds = (user: Resource, wanted: string) => fold(valueOf(user) ?? '') === fold(wanted);
  // Not every server whose schema says that letter case does not count also filters so.
  const spellings = isExact ? [] : [value.toLowerCase()];
  return context.find({ listing, path: filterPath(place), value, spellings, holds, valueOf }, signal);
}

async function* allUsers(context: ScimContext, signal: AbortSignal): AsyncGenerator<Resource> {
  const service = await context.service();
  yield* listResources(context.api, { path: service.users, count: pageOf(context, service) }, signal);
}

async function* allAccounts(context: ScimContext, signal: AbortSignal): AsyncGenerator<FoundAccount> {
  for await (const user of allUsers(context, signal)) {
    const account = toFoundAccount(user, context.form);
    yield context.profile.groupsFrom === 'user' ? { ...account, attributes: { ...account.attributes, memberOf: groupsIn(user) } } : account;
  }
}

/** How many resources to ask for at once. */
export function pageOf({ profile }: ScimContext, { maxResults }: ScimService): number {
  return Math.min(profile.pageSize, maxResults ?? profile.pageSize);
}

async function holdsPrivilege(
  context: ScimContext,
  { id, memberships, privileges }: { readonly id: string; readonly memberships: MembershipReader; readonly privileges: Privileges },
  signal: AbortSignal,
): Promise<boolean> {
  const { resource } = await readUser(context, id, signal);
  const roles = propertyOf(resource, 'roles');
  const held = Array.isArray(roles) ? roles.map((role) => propertyOf(role, 'value') ?? role) : [roles];
  if (held.some((role) => typeof role === 'string' && privileges.roles.includes(role))) return true;
  for (const group of privileges.groups) if (await memberships.isMember(group, id, signal)) return true;
  return false;
}
