import type { Change } from '../domain/change.ts';
import type { Reason, ReasonCode } from '../domain/problem.ts';
import type { FoundGroup } from '../ports/readers/memberships.ts';
import type { GateDeps } from './gate-deps.ts';

const unwritable: Readonly<Record<Exclude<FoundGroup['kind'], 'static'>, { readonly code: ReasonCode; readonly why: string }>> = {
  dynamic: { code: 'dynamic-group', why: 'fills itself by a rule' },
  synced: { code: 'synced-object', why: 'is mastered in another directory' },
  'role-assignable': { code: 'role-assignable-group', why: 'carries privileges: its members are added by hand, by two people' },
  'mail-enabled': { code: 'not-applicable', why: 'is kept by Exchange, not by Graph' },
};

/** Refuses to put anybody into a group that is not ours to fill or carries privileges, or to take anybody out of it. Read live, whoever planned it; a reading that fails throws. */
export async function refuseUnwritableGroup(deps: GateDeps, change: Change, signal: AbortSignal): Promise<Reason | undefined> {
  if (change.as !== 'reach' || (change.do !== 'link' && change.do !== 'unlink') || change.relation !== 'member' || !('id' in change.other))
    return undefined;
  const group = await deps.target(change.target).reads.memberships?.group(change.other.id, signal);
  if (group === undefined || group.kind === 'static') return undefined;
  const { code, why } = unwritable[group.kind];
  return { code, message: `${group.name} ${why}.` };
}
