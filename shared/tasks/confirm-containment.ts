import { z } from 'zod';
import type { Plan } from '../domain/change.ts';
import type { Subject } from '../domain/subject.ts';
import { claimOf } from './containment-claim.ts';
import { containmentOf } from './containment.ts';
import { waitFor } from './plans.ts';
import { syncedBlockHolds } from './synced-block.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({
  target: z.string(),
  from: z.string().optional(),
  waitMinutes: z.int().min(1).max(1440).default(60),
});
const lookAgainInMs = 5000;

/**
 * Sees that what was shut has stayed shut: waits until no worker of an older run can still write, shuts again what is open, and of a synced user waits until a sync has left the
 * block there. After `waitMinutes` without such a sync the claim stays provisional, and somebody has to know.
 */
export const confirmContainment: Task<z.infer<typeof input>> = {
  id: 'confirm-containment',
  does: 'sees that what was shut has stayed shut, and shuts it again where it has not',
  input,
  async plan({ target, from, waitMinutes }, subject, sight) {
    const lease = await sight.olderLease();
    if (lease !== null) return waitFor(Math.max(1000, lease - sight.now), 'waiting until no worker of an older run can still write');
    const plan = await containmentOf(target, subject, sight);
    const isShut = plan.changes.length === 0;
    return isShut && (await allHold({ target, from }, subject, sight)) ? plan : unconfirmed(plan, target, waitMinutes, sight);
  },
  claim: ({ target, from }, subject, sight) => claimOf(target, from, subject, sight),
};

async function allHold(
  { target, from }: { readonly target: string; readonly from: string | undefined },
  subject: Subject,
  sight: Sight,
): Promise<boolean> {
  for (const link of subject.links.filter((one) => one.target === target)) {
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found?.masteredElsewhere === true && !(await syncedBlockHolds(found, { from, subject, sight }))) return false;
  }
  return true;
}

/** What was open is shut again, and looked at once more; until it is time to say that it is not confirmed. */
function unconfirmed(plan: Plan, target: string, waitMinutes: number, sight: Sight): Plan {
  if (sight.run === null) return plan;
  const left = (sight.run.startedAt ?? sight.run.createdAt) + waitMinutes * 60_000 - sight.now;
  if (left > 0) {
    const reason = `waiting until a sync has left the block in ${target} as it is`;
    return { ...plan, waiting: { lookAgainInMs: Math.min(lookAgainInMs, left), reason } };
  }
  const message = `For ${waitMinutes} minutes nothing has confirmed that the block in ${target} stays: it is provisional.`;
  return { ...plan, skips: [{ target, object: 'sync', reason: { code: 'no-authority', message } }] };
}
