import { z } from 'zod';
import { primaryLink } from '../domain/subject.ts';
import { missingAccount } from './missing-account.ts';
import { changes, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Sees that the account names the manager that HR names, where the account is mastered. */
export const setManager: Task<z.infer<typeof input>> = {
  id: 'set-manager',
  does: 'joins the account to the manager that HR names',
  input,
  async plan({ target }, subject, sight) {
    if (sight.target(target).lacks?.includes('manager')) return skip(target, 'manager', 'not-applicable', `${target} keeps no managers.`);
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'manager', 'not-applicable', `There is no account in ${target}.`);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found === undefined) return missingAccount(link, sight);
    if (found.masteredElsewhere)
      return skip(target, 'manager', 'synced-object', 'The directory that masters the account carries its manager.');
    const manager = subject.manager && primaryLink(subject.manager.links, target);
    if (!manager)
      return skip(target, 'manager', 'manager-unknown', `The manager has no account in ${target} yet; they are joined when it appears.`);
    const before = found.attributes['manager'] ?? null;
    if (before === manager.nativeId) return changes([]);
    const aim = { target, person: subject.personId, kind: 'account', object: { id: link.nativeId }, effect: 'attribute' } as const;
    const cause = { reference: 'hr:manager', message: `HR names ${subject.manager?.displayName ?? ''} as manager.` };
    return changes([
      { ...aim, cause, as: 'reach', do: 'update', before: { manager: before }, after: { manager: { id: manager.nativeId } } },
    ]);
  },
};
