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
