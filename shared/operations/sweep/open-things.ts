import type { FoundAccount } from '../../ports/readers/accounts.ts';
import type { FoundGroup } from '../../ports/readers/memberships.ts';
import type { ReadableTarget } from '../../ports/readers/readable-target.ts';
import type { AccountLink } from '../../domain/subject.ts';

/** Something of a leaver's that is open: the account itself, or what it has. `removable` is false where nobody is taken out of it through us. */
export type OpenThing = {
  readonly target: string;
  /** What it is counted by, such as `account/<id>`, `group/<id>`, `licence/<id>`, `app-role/<id>`, `credential/<id>`. */
  readonly thing: string;
  readonly isAccount: boolean;
  readonly removable: boolean;
  /** Of an account: another system masters it, and writes it again at each sync. */
  readonly masteredElsewhere: boolean;
  /** In words, for people. */
  readonly words: string;
};

/** A leaver's linked account, as its target showed it. */
export type Sighting = { readonly link: AccountLink; readonly account: FoundAccount };

/** Groups by target and id, asked for once in a sweep. */
export type KnownGroups = Map<string, Promise<FoundGroup | undefined>>;

/** What was found open, and what could not be read in words. */
type Openness = { readonly things: readonly OpenThing[]; readonly unreadable: readonly string[] };

const capability = /^canUse[A-Z]/;

/**
 * What is open of a leaver's account. Of one that is enabled nothing else is looked for: when it has been shut, all it has is taken away. A dynamic or synced group is not counted: nobody gave it by hand, and it goes with
 * its rule or its master. Throws `GatehouseError` where the target cannot be read.
 */
export async function openThings(
  reads: ReadableTarget['reads'],
  { link, account }: Sighting,
  groups: KnownGroups,
  signal: AbortSignal,
): Promise<Openness> {
  const { target } = link;
  const on = Object.keys(account.attributes).filter((name) => capability.test(name) && account.attributes[name] === true);
  if (account.enabled || on.length > 0) {
    const how = account.enabled ? 'is enabled' : `can still use ${on.join(', ')}`;
    const { masteredElsewhere } = account;
    const words = `the account ${account.displayName ?? account.id} ${how}`;
    return {
      things: [{ target, thing: `account/${account.id}`, isAccount: true, removable: true, masteredElsewhere, words }],
      unreadable: [],
    };
  }
  const held = await Promise.all([
    groupsHeld(reads, account, groups, { target, signal }),
    licencesHeld(reads, account, signal),
    appRolesHeld(reads, account, signal),
  ]);
  const { credentials, unreadable } = (await reads.credentials?.credentialsOf(account.id, signal)) ?? { credentials: [], unreadable: [] };
  const keys = credentials.map(({ id, kind }): Held => ({ thing: `credential/${id}`, removable: true, words: `a credential (${kind})` }));
  const things = [...held.flat(), ...keys].map((one) => ({ target, isAccount: false, masteredElsewhere: false, ...one }));
  return { things, unreadable: unreadable.map(({ kind, problem }) => `${kind}: ${problem}`) };
}

type Held = Pick<OpenThing, 'thing' | 'removable' | 'words'>;
type Asking = { readonly target: string; readonly signal: AbortSignal };

async function groupsHeld(
  reads: ReadableTarget['reads'],
  account: FoundAccount,
  known: KnownGroups,
  { target, signal }: Asking,
): Promise<readonly Held[]> {
  const { memberships } = reads;
  if (memberships === undefined) return [];
  const { memberOf } = account.attributes;
  const ids = Array.isArray(memberOf) ? memberOf.map(String) : await memberships.groupsOf(account.id, signal);
  const held: Held[] = [];
  for (const id of ids) {
    const key = `${target} ${id}`;
    const asked = known.get(key) ?? memberships.group(id, signal);
    known.set(key, asked);
    const group = await asked;
    if (group === undefined || group.kind === 'dynamic' || group.kind === 'synced') continue;
    const why = group.kind === 'static' ? '' : `, which is ${group.kind}: its members are taken out by hand`;
    held.push({ thing: `group/${id}`, removable: group.kind === 'static', words: `the group ${group.name}${why}` });
  }
  return held;
}

/** A listing shows which licences there are, from groups too; only where there are some the account is asked which are its own. */
async function licencesHeld(reads: ReadableTarget['reads'], account: FoundAccount, signal: AbortSignal): Promise<readonly Held[]> {
  const { assignedLicenses } = account.attributes;
  if (Array.isArray(assignedLicenses) && assignedLicenses.length === 0) return [];
  const licences = (await reads.licences?.licencesOf(account.id, signal)) ?? [];
  return licences
    .filter(({ viaGroup }) => viaGroup === null)
    .map(({ skuId }) => ({ thing: `licence/${skuId}`, removable: true, words: `the licence ${skuId}` }));
}

async function appRolesHeld(reads: ReadableTarget['reads'], account: FoundAccount, signal: AbortSignal): Promise<readonly Held[]> {
  const roles = (await reads.appRoles?.appRolesOf(account.id, signal)) ?? [];
  return roles.map(({ grants, application, role }) => ({
    thing: `app-role/${grants}`,
    removable: true,
    words: `the role ${role} in ${application}`,
  }));
}
