import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { inverseOf } from './inverse-of.ts';
import { changes } from './plans.ts';
import { stillOurs } from './still-ours.ts';
import type { Task } from './task.ts';

const input = z
  .strictObject({ of: z.enum(['joiner', 'leaver']).optional(), run: z.string().optional(), target: z.string().optional() })
  .refine(({ of, run }) => (of === undefined) !== (run === undefined), { error: 'needs one of: of, run' });

/**
 * Takes back what earlier runs of a kind, or one run, did, in the reverse order, and only where what they left is still so. What they created is shut and deleted; what they found is
 * never deleted. What has been changed since, or what today's rules do not give, stays, with its reason.
 */
export const undo: Task<z.infer<typeof input>> = {
  id: 'undo',
  does: 'takes back what earlier runs did, where what they left is still so',
  input,
  async plan({ of, run, target }, subject, sight) {
    const undone = of ?? { run: run ?? '' };
    const ours = stillOurs(await sight.pastChanges(), undone).filter(({ past }) => target === undefined || past.change.target === target);
    const deleted = new Set(ours.filter(({ past }) => past.change.do === 'create').map(({ past }) => past.object));
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const one of ours) {
      // What hangs on an account that goes altogether goes with it.
      if (one.past.change.do !== 'create' && deleted.has(one.past.object)) continue;
      const inverse = await inverseOf(one, subject, sight);
      wanted.push(...inverse.changes);
      skips.push(...inverse.skips);
    }
    return changes(wanted, skips);
  },
};
