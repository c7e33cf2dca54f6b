import type { TargetId } from '../../domain/ids.ts';
import type { AccountLink } from '../../domain/subject.ts';
import type { UserDelta } from '../../ports/readers/deltas.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import type { OwnChange, SeenUser } from '../../ports/registry/graph-door.ts';
import type { OperationDeps } from '../deps.ts';
import { agrees, lastWordOn } from './own-word.ts';
import type { Found, Judged } from './judged.ts';
import { newcomers } from './newcomers.ts';

export type Judging = { readonly target: TargetId; readonly isKnown: boolean; readonly signal: AbortSignal };

/** A user as the delta shows it against how it was last seen; `state` undefined where the delta does not say. */
type Differing = { readonly user: UserDelta; readonly seen: SeenUser | undefined; readonly state: SeenUser['state'] | undefined };

/**
 * Holds users of a delta against how they were last seen and against what Gatehouse itself did: what is left was done by somebody else. Before that is said, the user is
 * looked at now, for a delta may bring an older state again. While the tenant is not known yet, everything is only remembered.
 */
export async function judgeUsers(deps: OperationDeps, judging: Judging, users: readonly UserDelta[]): Promise<Judged> {
  const { graphDoor } = deps.registry.stores;
  // Of a user that comes twice the last counts.
  const latest = [...new Map(users.map((user) => [user.id, user])).values()];
  const known = new Map(
    (
      await graphDoor.seenUsers(
        judging.target,
        latest.map(({ id }) => id),
      )
    ).map((seen) => [seen.id, seen]),
  );
  const all = latest.map((user): Differing => {
    const seen = known.get(user.id);
    return { user, seen, state: stateOf(user, seen) };
  });
  const same = all.flatMap(({ seen, state }) => (seen !== undefined && seen.state === state ? [seen] : []));
  const differing = all.filter(({ seen, state }) => seen === undefined || seen.state !== state);
  const judged = judging.isKnown ? await judgeDiffering(deps, judging, differing) : await remember(deps, judging, differing);
  return { users: [...same, ...judged.users], members: [], found: judged.found };
}

function stateOf(user: UserDelta, seen: SeenUser | undefined): SeenUser['state'] | undefined {
  if (user.isDeleted) return 'deleted';
  if (user.enabled !== undefined) return user.enabled ? 'enabled' : 'disabled';
  return seen?.state === 'deleted' ? undefined : seen?.state;
}

type Verdict = Pick<Judged, 'users' | 'found'>;

async function remember(deps: OperationDeps, judging: Judging, differing: readonly Differing[]): Promise<Verdict> {
  const users: SeenUser[] = [];
  for (const { user, state } of differing) users.push({ id: user.id, state: state ?? (await stateNow(deps, judging, user.id)) });
  return { users, found: [] };
}

async function judgeDiffering(deps: OperationDeps, judging: Judging, differing: readonly Differing[]): Promise<Verdict> {
  const { graphDoor } = deps.registry.stores;
  const links = await graphDoor.ownersOf(
    judging.target,
    differing.map(({ user }) => user.id),
  );
  const owned = new Map(links.map((link) => [link.nativeId, link]));
  const fresh = differing.filter(({ user, seen }) => seen === undefined && !owned.has(user.id) && !user.isDeleted).map(({ user }) => user);
  const users: SeenUser[] = [];
  const found: Found[] = [...(await newcomers(deps, judging, fresh))];
  for (const one of differing) {
    const link = owned.get(one.user.id);
    const verdict =
      link === undefined || one.seen === undefined
        ? await accept(deps, judging, one)
        : await judgeOne(deps, judging, { ...one, seen: one.seen, link });
    users.push(...verdict.users);
    found.push(...verdict.found);
  }
  return { users, found };
}

/** Nobody's account, or one that was not seen before: it becomes known. */
async function accept(deps: OperationDeps, judging: Judging, { user, state }: Differing): Promise<Verdict> {
  return { users: [{ id: user.id, state: state ?? (await stateNow(deps, judging, user.id)) }], found: [] };
}

type Owned = Differing & { readonly seen: SeenUser; readonly link: AccountLink };

async function judgeOne(deps: OperationDeps, judging: Judging, { user, seen, state, link }: Owned): Promise<Verdict> {
  const { id } = user;
  if (state !== undefined && (await isOurs(deps, link, state))) return { users: [{ id, state }], found: [] };
  const now = await stateNow(deps, judging, id);
  const users = [{ id, state: now }];
  if (now === seen.state || (await isOurs(deps, link, now))) return { users, found: [] };
  return { users, found: [{ kind: kindOf(seen.state, now), object: id, other: null, personId: link.personId }] };
}

function kindOf(before: SeenUser['state'], now: SeenUser['state']): Found['kind'] {
  if (now === 'deleted') return 'account-deleted';
  if (before === 'deleted') return 'account-restored';
  return now === 'enabled' ? 'account-enabled' : 'account-disabled';
}

/** Whether the state is what we last made of the account, here or where it is mastered. */
async function isOurs(deps: OperationDeps, link: AccountLink, state: SeenUser['state']): Promise<boolean> {
  const { graphDoor } = deps.registry.stores;
  const masters = await mastersOf(deps, link);
  const isMeant = ({ change, account }: OwnChange) =>
    (change.target === link.target && account === link.nativeId) || masters.has(`${change.target} ${account}`);
  return agrees(lastWordOn(await graphDoor.ownChanges([link.personId]), isMeant), state);
}

/** The accounts of the person that the sync makes this one from; also those that are no more, for their deletion is carried over too. */
async function mastersOf(deps: OperationDeps, link: AccountLink): Promise<ReadonlySet<string>> {
  if (link.anchor === null) return new Set();
  const { links } = deps.registry.stores;
  const all = [...(await links.of(link.personId)), ...(await links.endedOf(link.personId))];
  const masters = all.filter((one) => one.target !== link.target && one.anchor === link.anchor);
  return new Set(masters.map((one) => `${one.target} ${one.nativeId}`));
}

async function stateNow(deps: OperationDeps, { target, signal }: Judging, id: string): Promise<SeenUser['state']> {
  const found: FoundAccount | undefined = await deps.targets.get(target)?.reads.accounts?.byId(id, signal);
  if (found === undefined) return 'deleted';
  return found.enabled ? 'enabled' : 'disabled';
}
