import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/** Removes every way to sign in that is registered for the person, the default one last: it can go only when it is alone. */
export const removeMethods: Task<z.infer<typeof input>> = {
  id: 'remove-methods',
  does: 'removes the registered ways to sign in, the default one last',
  input,
  async plan({ target }, subject, sight) {
    const reader = need(sight, target, 'methods');
    const wanted: Change[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      const methods = await reader.methodsOf(link.nativeId, sight.signal);
      const ordered = methods.toSorted((one, other) => Number(one.isDefault) - Number(other.isDefault));
      const taken = ordered.map(({ id, kind }) => ({ kind: 'method', relation: 'method', id, name: kind }) as const);
      wanted.push(...taken.map((one) => unlinking(link, subject, one, 'access-ended')));
    }
    return changes(wanted);
  },
};
