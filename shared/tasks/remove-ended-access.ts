import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { primaryLink } from '../domain/subject.ts';
import { changes } from './plans.ts';
import { type Held, need, type Sight, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';
import { whyNotRemoved } from './unwritable-group.ts';

const input = z.strictObject({ target: z.string() });

/** Takes away the groups and licences all of whose reasons have ended. What was asked for, given by hand or merely observed has no end, and stays. */
export const removeEndedAccess: Task<z.infer<typeof input>> = {
  id: 'remove-ended-access',
  does: 'takes away the groups and licences all of whose reasons have ended',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return changes([]);
    const ended = (await sight.holdings()).filter((held) => held.target === target && hasEnded(held, sight.now));
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const { object, kind } of ended) {
      const group = kind === 'group' ? await need(sight, target, 'memberships').group(object, sight.signal) : undefined;
      const reason = group && whyNotRemoved(group);
      if (reason !== undefined) skips.push({ target, object, reason });
      const relation = kind === 'group' ? 'member' : 'licence';
      const name = group?.name ?? nameOf(target, object, sight);
      if (reason === undefined) wanted.push(unlinking(link, subject, { kind, relation, id: object, name }, 'grace-over'));
    }
    return changes(wanted, skips);
  },
};

function hasEnded({ reasons }: Held, now: number): boolean {
  return reasons.length > 0 && reasons.every(({ until }) => until !== null && until <= now);
}

function nameOf(target: string, object: string, sight: Sight): string {
  return sight.entitlements(target).find((entitlement) => entitlement.object === object)?.name ?? object;
}
