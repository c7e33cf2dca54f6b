import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/** Deletes the person's Temporary Access Passes, used or not. */
export const removePasses: Task<z.infer<typeof input>> = {
  id: 'remove-passes',
  does: 'deletes Temporary Access Passes, used or not',
  input,
  async plan({ target }, subject, sight) {
    const reader = need(sight, target, 'passes');
    const wanted: Change[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      const passes = await reader.passesOf(link.nativeId, sight.signal);
      const taken = passes.map(({ id }) => ({ kind: 'pass', relation: 'pass', id, name: 'Temporary Access Pass' }) as const);
      wanted.push(...taken.map((one) => unlinking(link, subject, one, 'access-ended')));
    }
    return changes(wanted);
  },
};
