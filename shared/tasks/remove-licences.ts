import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string(), except: z.literal('due').optional() });

/** Takes away the licences that are assigned directly; with `except: due` not those that the access rules give now. What a group gives goes with the group. */
export const removeLicences: Task<z.infer<typeof input>> = {
  id: 'remove-licences',
  does: 'takes away the licences that are assigned directly',
  input,
  async plan({ target, except }, subject, sight) {
    const due = new Set(except === undefined ? [] : sight.entitlements(target).map(({ object }) => object));
    const licences = need(sight, target, 'licences');
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      for (const { skuId, viaGroup } of await licences.licencesOf(link.nativeId, sight.signal)) {
        if (due.has(skuId)) continue;
        if (viaGroup === null) {
          const taken = { kind: 'licence', relation: 'licence', id: skuId, name: `licence ${skuId}` } as const;
          wanted.push(unlinking(link, subject, taken, 'access-ended'));
        } else {
          const message = `The licence ${skuId} comes with the group ${viaGroup}, and goes with it.`;
          skips.push({ target, object: skuId, reason: { code: 'group-licence', message } });
        }
      }
    }
    return changes(wanted, skips);
  },
};
