import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import type { ReasonCode } from '../domain/problem.ts';
import { primaryLink } from '../domain/subject.ts';
import type { FoundGroup } from '../ports/readers/memberships.ts';
import { changes, skip } from './plans.ts';
import { type DueEntitlement, need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

const unwritable: Readonly<Record<Exclude<FoundGroup['kind'], 'static'>, { readonly code: ReasonCode; readonly why: string }>> = {
  dynamic: { code: 'dynamic-group', why: 'fills itself by a rule' },
  synced: { code: 'synced-object', why: 'is mastered in another directory' },
  'role-assignable': { code: 'role-assignable-group', why: 'can carry directory roles' },
  'mail-enabled': { code: 'not-applicable', why: 'is kept by Exchange, not by Graph' },
};

/** Sees that the person is in every group that the access rules give in the target. Takes nobody out. */
export const ensureGroups: Task<z.infer<typeof input>> = {
  id: 'ensure-groups',
  does: 'puts the person into the groups that the access rules give',
  input,
  async plan({ target }, subject, sight) {
    const due = sight.entitlements(target).filter((entitlement) => entitlement.kind === 'group');
    const link = primaryLink(subject.links, target);
    if (due.length === 0) return changes([]);
    if (link === undefined) return skip(target, 'groups', 'account-missing', `There is no account in ${target} to put into groups.`);
    const memberships = need(sight, target, 'memberships');
    const has = new Set(await memberships.groupsOf(link.nativeId, sight.signal));
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    const missing = due.filter(({ object }) => !has.has(object));
    const groups = await Promise.all(missing.map(({ object }) => memberships.group(object, sight.signal)));
    for (const [index, entitlement] of missing.entries()) {
      const refusal = whyNot(groups[index], entitlement);
      if (refusal === undefined) wanted.push(membership(target, link.nativeId, entitlement, subject.personId));
      else skips.push({ target, object: entitlement.object, reason: refusal });
    }
    return changes(wanted, skips);
  },
};

function whyNot(group: FoundGroup | undefined, entitlement: DueEntitlement): Skip['reason'] | undefined {
  if (group === undefined) return { code: 'account-missing', message: `The group ${entitlement.name} does not exist.` };
  if (group.kind === 'static') return undefined;
  const { code, why } = unwritable[group.kind];
  return { code, message: `${group.name} ${why}.` };
}

function membership(target: string, account: string, entitlement: DueEntitlement, person: string): Change {
  return {
    target,
    person,
    kind: 'group',
    object: { id: account },
    effect: 'grant',
    cause: { reference: entitlement.rules.map((rule) => `rule:${rule}`).join(' '), message: entitlement.name },
    as: 'reach',
    do: 'link',
    relation: 'member',
    other: { id: entitlement.object },
  };
}
