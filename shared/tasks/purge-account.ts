import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { changes, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/**
 * Erases the person's deleted accounts for good, before the target does so by itself: what was theirs there cannot be brought back. An account that is still there is not touched: it is deleted first.
 */
export const purgeAccount: Task<z.infer<typeof input>> = {
  id: 'purge-account',
  does: "erases the person's deleted accounts for good",
  input,
  async plan({ target }, subject, sight) {
    if (subject.links.some((link) => link.target === target))
      return skip(target, 'account', 'not-applicable', `There is an account in ${target}: only what was deleted is erased.`);
    const accounts = need(sight, target, 'accounts');
    const wanted: Change[] = [];
    for (const { nativeId } of (await sight.endedLinks()).filter((link) => link.target === target)) {
      if (!(await accounts.isRestorable(nativeId, sight.signal))) continue;
      const aim = { target, person: subject.personId, kind: 'account', object: { id: nativeId }, effect: 'destroy' } as const;
      wanted.push({ ...aim, cause: { reference: 'purge', message: 'erased on request' }, as: 'reach', do: 'purge' });
    }
    return changes(wanted);
  },
};
