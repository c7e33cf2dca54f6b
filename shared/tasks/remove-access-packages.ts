import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/** Takes away every access package that is assigned, and with it what the package gave: groups of their own are what is left afterwards, and only those are given back where a termination is withdrawn. */
export const removeAccessPackages: Task<z.infer<typeof input>> = {
  id: 'remove-access-packages',
  does: 'takes away the access packages that are assigned',
  input,
  async plan({ target }, subject, sight) {
    const reader = need(sight, target, 'accessPackages');
    const wanted: Change[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      const held = await reader.accessPackagesOf(link.nativeId, sight.signal);
      const taken = held.map(({ id, name }) => ({ kind: 'access-package', relation: 'access-package', id, name }) as const);
      wanted.push(...taken.map((one) => unlinking(link, subject, one, 'access-ended')));
    }
    return changes(wanted);
  },
};
