import type { AccountReader, FoundAccount } from '../../ports/readers/accounts.ts';
import type { ReadableTarget } from '../../ports/readers/readable-target.ts';
import type { Readers } from '../../ports/readers/readers.ts';
import type { Sight } from '../../tasks/task.ts';
import type { OperationDeps } from '../deps.ts';
import { sightOf } from '../sight-of.ts';
import { type Imagined, standIn, standInAnchor, unwritten } from './imagined.ts';

/** What a task may look at in a dry run: the same as in a run, with what the plan would have done by then. */
export function imaginedSight(deps: OperationDeps, imagined: Imagined, signal: AbortSignal): Sight {
  const sight = sightOf(deps, imagined.subject, signal);
  const { personId } = imagined.subject;
  return {
    ...sight,
    target: (id) => imaginedTarget(sight.target(id), imagined),
    ownerOf: async (target, nativeId) => (imagined.made.has(nativeId) ? personId : sight.ownerOf(target, nativeId)),
    holderOf: async (scope, folded) =>
      imagined.subject.names.some((name) => name.scope === scope && name.folded === folded) ? personId : sight.holderOf(scope, folded),
  };
}

/** Whatever is asked of an account that is not there yet is answered without asking the target. */
function imaginedTarget(target: ReadableTarget, imagined: Imagined): ReadableTarget {
  const { made } = imagined;
  const { accounts, memberships, licences, appRoles, passes, methods, credentials, sessions, passwords, controllers, mailboxes } =
    target.reads;
  const reads: Partial<Readers> = {
    ...target.reads,
    ...(accounts && { accounts: imaginedAccounts(accounts, target, imagined) }),
    ...(memberships && {
      memberships: {
        ...memberships,
        groupsOf: async (id, signal) => (made.has(id) ? [] : memberships.groupsOf(id, signal)),
        isMember: async (group, id, signal) => !made.has(id) && memberships.isMember(group, id, signal),
      },
    }),
    ...(licences && { licences: { ...licences, licencesOf: async (id, signal) => (made.has(id) ? [] : licences.licencesOf(id, signal)) } }),
    ...(appRoles && { appRoles: { appRolesOf: async (id, signal) => (made.has(id) ? [] : appRoles.appRolesOf(id, signal)) } }),
    ...(passes && {
      passes: {
        passesOf: async (id, signal) => (made.has(id) ? [] : passes.passesOf(id, signal)),
        otherMethodsOf: async (id, signal) => (made.has(id) ? [] : passes.otherMethodsOf(id, signal)),
      },
    }),
    ...(methods && { methods: { methodsOf: async (id, signal) => (made.has(id) ? [] : methods.methodsOf(id, signal)) } }),
    ...(credentials && {
      credentials: {
        credentialsOf: async (id, signal) => (made.has(id) ? { credentials: [], unreadable: [] } : credentials.credentialsOf(id, signal)),
      },
    }),
    ...(sessions && { sessions: { validFrom: async (id, signal) => (made.has(id) ? null : sessions.validFrom(id, signal)) } }),
    ...(passwords && { passwords: { lastSet: async (id, signal) => (made.has(id) ? null : passwords.lastSet(id, signal)) } }),
    ...(controllers && { controllers: { views: async (id, signal) => (made.has(id) ? [] : controllers.views(id, signal)) } }),
    ...(mailboxes && { mailboxes: { mailboxOf: async (id, signal) => (made.has(id) ? undefined : mailboxes.mailboxOf(id, signal)) } }),
  };
  return { ...target, reads };
}

function imaginedAccounts(accounts: AccountReader, { id: target }: ReadableTarget, imagined: Imagined): AccountReader {
  const { made } = imagined;
  return {
    ...accounts,
    async byId(id, signal) {
      const found = made.get(id) ?? (await accounts.byId(id, signal));
      return found && afterwards(found, imagined.changed.get(`${target}/${id}`));
    },
    async byEmployeeId(employeeId, signal) {
      const found = await accounts.byEmployeeId(employeeId, signal);
      return found.filter(({ id }) => imagined.changed.get(`${target}/${id}`) !== null);
    },
    async byAnchor(anchor, signal) {
      const isOurs = imagined.subject.links.some((link) => standInAnchor(link.target) === anchor);
      return isOurs ? [synced(imagined, target)] : accounts.byAnchor(anchor, signal);
    },
    isPrivileged: async (id, signal) => !made.has(id) && accounts.isPrivileged(id, signal),
    isRestorable: async (id, signal) => !made.has(id) && accounts.isRestorable(id, signal),
    reportsOf: async (id, signal) => (made.has(id) ? [] : accounts.reportsOf(id, signal)),
  };
}

/** The user that the sync makes of an account that is not there yet. */
function synced(imagined: Imagined, target: string): FoundAccount {
  const id = standIn(target);
  const account = { ...unwritten(imagined, id), masteredElsewhere: true };
  imagined.made.set(id, account);
  return account;
}

function afterwards(found: FoundAccount, after: ReturnType<Imagined['changed']['get']>): FoundAccount | undefined {
  if (after === undefined) return found;
  if (after === null) return undefined;
  const { enabled, ...attributes } = after;
  return { ...found, attributes: { ...found.attributes, ...attributes }, enabled: typeof enabled === 'boolean' ? enabled : found.enabled };
}
