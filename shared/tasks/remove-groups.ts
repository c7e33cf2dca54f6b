import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';
import { whyNotRemoved } from './unwritable-group.ts';

const input = z.strictObject({ target: z.string(), except: z.literal('due').optional() });

/**
 * Takes the person out of every group that the target shows them in directly, known to us or not; with `except: due` only the primary account, and not out of what the access
 * rules give now. What cannot be done is skipped with its reason. Domain Users of AD, which nobody can be taken out of, is not shown, and stays.
 */
export const removeGroups: Task<z.infer<typeof input>> = {
  id: 'remove-groups',
  does: 'takes the person out of the groups that they are in',
  input,
  async plan({ target, except }, subject, sight) {
    const due = new Set(except === undefined ? [] : sight.entitlements(target).map(({ object }) => object));
    const memberships = need(sight, target, 'memberships');
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      if (except !== undefined && link.kind !== 'primary') continue;
      const ids = (await memberships.groupsOf(link.nativeId, sight.signal)).filter((id) => !due.has(id));
      const groups = await Promise.all(ids.map((id) => memberships.group(id, sight.signal)));
      for (const group of groups.filter((one) => one !== undefined)) {
        const reason = whyNotRemoved(group);
        if (reason !== undefined) skips.push({ target, object: group.id, reason });
        else wanted.push(unlinking(link, subject, { kind: 'group', relation: 'member', id: group.id, name: group.name }, 'access-ended'));
      }
    }
    return changes(wanted, skips);
  },
};
