import { z } from 'zod';
import { emptyPlan, type Plan } from '../domain/change.ts';
import { type AccountLink, primaryLink, type Subject } from '../domain/subject.ts';
import { createAccount } from './create-account.ts';
import { goneFinding } from './gone-finding.ts';
import { missingAccount } from './missing-account.ts';
import { changes, find } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';
import { updated } from './update-account.ts';

const input = z.strictObject({ target: z.string() });

/**
 * Sees to the account of somebody who comes back: the old one, up to date; brought back from deletion where its target still keeps it; else a new one, the old link ended.
 * Does not enable it.
 */
export const reviveAccount: Task<z.infer<typeof input>> = {
  id: 'revive-account',
  does: 'sees to the account of somebody who comes back: the old one, restored if need be, else a new one',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return reviveEnded(target, subject, sight);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found !== undefined) return found.masteredElsewhere ? changes([]) : updated(target, found, subject, sight);
    if (await need(sight, target, 'accounts').isRestorable(link.nativeId, sight.signal)) return restoring(link, subject);
    const missing = missingAccount(link, sight);
    return missing.waiting === undefined ? find(goneFinding(link)) : missing;
  },
};

async function reviveEnded(target: string, subject: Subject, sight: Sight): Promise<Plan> {
  const accounts = need(sight, target, 'accounts');
  for (const link of (await sight.endedLinks()).filter((one) => one.target === target && one.kind === 'primary')) {
    if (await accounts.isRestorable(link.nativeId, sight.signal)) return restoring(link, subject);
  }
  return createAccount.plan({ target }, subject, sight);
}

function restoring({ target, nativeId }: AccountLink, subject: Subject): Plan {
  const aim = { target, person: subject.personId, kind: 'account', object: { id: nativeId }, effect: 'create' } as const;
  const cause = { reference: `hire:${subject.worker.hireDate}`, message: `${subject.displayName} comes back.` };
  // Looked at again right after: what came back is brought up to date.
  return {
    ...emptyPlan,
    changes: [{ ...aim, cause, as: 'reach', do: 'restore' }],
    waiting: { lookAgainInMs: 1000, reason: 'bringing the restored account up to date' },
  };
}
