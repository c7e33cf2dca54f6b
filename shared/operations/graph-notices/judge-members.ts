import type { GroupDelta } from '../../ports/readers/deltas.ts';
import type { FoundGroup } from '../../ports/readers/memberships.ts';
import type { OwnChange, SeenMember } from '../../ports/registry/graph-door.ts';
import type { OperationDeps } from '../deps.ts';
import type { Found, Judged, Owners } from './judged.ts';
import type { Judging } from './judge-users.ts';
import { lastWordOnMember } from './own-word.ts';

/**
 * Holds memberships of a delta against how they were last seen and against what Gatehouse itself did: what is left somebody else did by hand. The members of dynamic
 * and synced groups are nobody's hand: they follow from something else.
 */
export async function judgeMembers(deps: OperationDeps, judging: Judging, groups: readonly GroupDelta[]): Promise<Judged> {
  const { graphDoor } = deps.registry.stores;
  const deleted = groups.filter(({ isDeleted }) => isDeleted);
  const shown = distinct(groups.filter(({ isDeleted }) => !isDeleted));
  const known = await graphDoor.seenMembers(
    judging.target,
    [...new Set(shown.map(({ group }) => group))],
    [...new Set(shown.map(({ member }) => member))],
  );
  const before = new Map(known.map((one) => [keyOf(one), one.isMember]));
  const isNew = (one: SeenMember) => (before.get(keyOf(one)) ?? false) !== one.isMember;
  const same = shown.filter((one) => !isNew(one));
  if (!judging.isKnown) return { users: [], members: shown, found: [] };
  const judged = await judgeDiffering(deps, judging, shown.filter(isNew));
  const gone = await judgeDeleted(deps, judging, deleted);
  return { users: [], members: [...same, ...judged.members, ...gone.members], found: [...judged.found, ...gone.found] };
}

/** Of a membership that comes twice the last counts. */
function distinct(groups: readonly GroupDelta[]): readonly SeenMember[] {
  const all = groups.flatMap(({ id: group, added, removed }) => [
    ...added.map((member) => ({ group, member, isMember: true })),
    ...removed.map((member) => ({ group, member, isMember: false })),
  ]);
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

function keyOf({ group, member }: Pick<SeenMember, 'group' | 'member'>): string {
  return `${group} ${member}`;
}

type Verdict = Pick<Judged, 'members' | 'found'>;

async function judgeDiffering(deps: OperationDeps, judging: Judging, differing: readonly SeenMember[]): Promise<Verdict> {
  const owners = await ownersOf(
    deps,
    judging,
    differing.map(({ member }) => member),
  );
  const own = await ownOf(deps, owners);
  const ownGroups = new Map<string, Promise<FoundGroup | undefined>>();
  const members: SeenMember[] = [];
  const found: Found[] = [];
  for (const one of differing) {
    const personId = owners.get(one.member);
    const isNobodys = personId === undefined || lastWordOnMember(own, one.member, one.group) === one.isMember;
    const verdict = isNobodys ? undefined : await judgeOne(deps, judging, { one, personId, groups: ownGroups });
    members.push(verdict?.members ?? one);
    found.push(...(verdict?.found ?? []));
  }
  return { members, found };
}

type One = { readonly one: SeenMember; readonly personId: string; readonly groups: Map<string, Promise<FoundGroup | undefined>> };

/** Looked at now, for a delta may bring an older state again; and against what we did while it was read. */
async function judgeOne(
  deps: OperationDeps,
  judging: Judging,
  { one, personId, groups }: One,
): Promise<{ readonly members: SeenMember; readonly found: readonly Found[] }> {
  const quiet = { members: one, found: [] };
  const group = await groupOf(deps, judging, groups, one.group);
  if (group === undefined || group.kind === 'dynamic' || group.kind === 'synced') return quiet;
  const isMember = await isMemberNow(deps, judging, one);
  if (isMember === undefined) return quiet;
  if (isMember !== one.isMember) return { members: { ...one, isMember }, found: [] };
  const own = await deps.registry.stores.graphDoor.ownChanges([personId]);
  if (lastWordOnMember(own, one.member, one.group) === isMember) return quiet;
  const kind = isMember ? 'member-added' : 'member-removed';
  return { members: one, found: [{ kind, object: one.member, other: one.group, personId }] };
}

function groupOf(deps: OperationDeps, { target, signal }: Judging, groups: One['groups'], id: string): Promise<FoundGroup | undefined> {
  const reading = groups.get(id) ?? Promise.resolve(deps.targets.get(target)?.reads.memberships?.group(id, signal));
  groups.set(id, reading);
  return reading;
}

/** Undefined for an account that is gone: it is in no group, and that it is gone is said once. */
async function isMemberNow(deps: OperationDeps, { target, signal }: Judging, one: SeenMember): Promise<boolean | undefined> {
  const reads = deps.targets.get(target)?.reads;
  if ((await reads?.accounts?.byId(one.member, signal)) === undefined) return undefined;
  return reads?.memberships?.isMember(one.group, one.member, signal);
}

/** A group that is gone takes its members' access with it. */
async function judgeDeleted(deps: OperationDeps, judging: Judging, deleted: readonly GroupDelta[]): Promise<Verdict> {
  const members: SeenMember[] = [];
  const found: Found[] = [];
  for (const { id } of deleted) {
    const inIt = await deps.registry.stores.graphDoor.membersSeen(judging.target, id);
    const owners = await ownersOf(
      deps,
      judging,
      inIt.map(({ member }) => member),
    );
    members.push(...inIt.map((one) => ({ ...one, isMember: false })));
    if (owners.size > 0) found.push({ kind: 'group-deleted', object: id, other: null, personId: null });
    for (const [member, personId] of owners) found.push({ kind: 'member-removed', object: member, other: id, personId });
  }
  return { members, found };
}

async function ownersOf(deps: OperationDeps, { target }: Judging, members: readonly string[]): Promise<Owners> {
  const links = await deps.registry.stores.graphDoor.ownersOf(target, [...new Set(members)]);
  return new Map(links.map(({ nativeId, personId }) => [nativeId, personId]));
}

function ownOf(deps: OperationDeps, owners: Owners): Promise<readonly OwnChange[]> {
  return deps.registry.stores.graphDoor.ownChanges([...new Set(owners.values())]);
}
