import { z } from 'zod';
import type { Change, Finding, Plan, Skip } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { goneFinding } from './gone-finding.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });
const lookAgainInMs = 15_000;

/**
 * Deletes the person's accounts in the target, and ends the links of those that are gone. A synced user is deleted by the sync, when the account that masters it is, and waited for. An account
 * that is enabled is not deleted: somebody has opened it again, and has to say why.
 */
export const deleteAccount: Task<z.infer<typeof input>> = {
  id: 'delete-account',
  does: 'deletes the accounts in the target, and waits for the sync to delete what it masters',
  input,
  async plan({ target }, subject, sight) {
    const accounts = need(sight, target, 'accounts');
    const findings: Finding[] = [];
    const list: Change[] = [];
    const skips: Skip[] = [];
    let isAwaited = false;
    for (const link of subject.links.filter((one) => one.target === target)) {
      const found = await accounts.byId(link.nativeId, sight.signal);
      if (found === undefined) findings.push(goneFinding(link));
      else if (found.enabled) skips.push(enabledAgain(target, found));
      else if (found.masteredElsewhere) isAwaited = true;
      else list.push(deletion(link, found, subject));
    }
    const plan: Plan = { findings, changes: list, skips };
    return isAwaited
      ? { ...plan, waiting: { lookAgainInMs, reason: `waiting until the sync has deleted the account in ${target}` } }
      : plan;
  },
};

function deletion(link: AccountLink, found: FoundAccount, subject: Subject): Change {
  return {
    target: link.target,
    person: subject.personId,
    kind: 'account',
    object: { id: link.nativeId },
    effect: 'destroy',
    cause: { reference: 'grace-over', message: 'The grace after leaving is over.' },
    as: 'reach',
    do: 'delete',
    before: { ...found.attributes, enabled: found.enabled },
  };
}

function enabledAgain(target: string, found: FoundAccount): Skip {
  const message = `The account ${found.displayName ?? found.id} is enabled: it is not deleted while somebody may be using it. Contain it first.`;
  return { target, object: found.id, reason: { code: 'moved-on', message } };
}
