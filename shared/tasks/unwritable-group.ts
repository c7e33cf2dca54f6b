import type { ReasonCode } from '../domain/problem.ts';
import type { FoundGroup } from '../ports/readers/memberships.ts';

const kinds: Readonly<Record<Exclude<FoundGroup['kind'], 'static'>, { readonly code: ReasonCode; readonly why: string }>> = {
  dynamic: { code: 'dynamic-group', why: 'fills itself by a rule' },
  synced: { code: 'synced-object', why: 'is mastered in another directory, and goes with the membership there' },
  'role-assignable': { code: 'role-assignable-group', why: 'can carry directory roles: two people have to take its members out by hand' },
  'mail-enabled': { code: 'no-authority', why: 'is kept by Exchange, not by Graph: take its members out there' },
};

/** Why nobody can be taken out of the group by us; undefined where they can. What is not harmless leaves a gap that somebody has to see. */
export function whyNotRemoved(group: FoundGroup): { readonly code: ReasonCode; readonly message: string } | undefined {
  if (group.kind === 'static') return undefined;
  const { code, why } = kinds[group.kind];
  return { code, message: `${group.name} ${why}.` };
}

/** Why the ownership of a group is not handed over by us; undefined where it is. A dynamic group has owners like any other. */
export function whyNotHandedOver(group: FoundGroup): { readonly code: ReasonCode; readonly message: string } | undefined {
  if (group.kind === 'static' || group.kind === 'dynamic') return undefined;
  const { code } = kinds[group.kind];
  const why = ownerWhy[group.kind];
  return { code, message: `${group.name} ${why}.` };
}

const ownerWhy = {
  synced: 'is mastered in another directory: name its manager there',
  'role-assignable': 'can carry directory roles: two people have to name another owner by hand',
  'mail-enabled': 'is kept by Exchange, not by Graph: name another owner there',
} as const;
