import { z } from 'zod';
import { primaryLink } from '../domain/subject.ts';
import { changes, skip } from './plans.ts';
import { missingAccount } from './missing-account.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Unlocks the account where too many wrong passwords have locked it. One that is disabled stays so, and stays locked. */
export const unlockAccount: Task<z.infer<typeof input>> = {
  id: 'unlock-account',
  does: 'unlocks an account that too many wrong passwords have locked',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'account', 'account-missing', `There is no account in ${target}.`);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found === undefined) return missingAccount(link, sight);
    if (found.attributes['lockedOut'] !== true || !found.enabled) return changes([]);
    const aim = { target, person: subject.personId, kind: 'account', object: { id: link.nativeId }, effect: 'enable' } as const;
    const cause = { reference: 'unlock', message: 'Too many wrong passwords had locked the account.' };
    // Nothing before, for nobody but the directory locks an account.
    return changes([{ ...aim, cause, as: 'reach', do: 'update', before: {}, after: { lockedOut: false } }]);
  },
};
