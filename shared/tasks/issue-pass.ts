import { z } from 'zod';
import type { Act } from '../domain/change.ts';
import { primaryLink, type Subject } from '../domain/subject.ts';
import { changes, hold, skip } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({
  target: z.string(),
  lifetimeMinutes: z.int().min(10).max(43_200),
  usableOnce: z.boolean(),
  mail: z.string(),
});

/**
 * Issues a Temporary Access Pass, good from the first day, and tells the manager (else the help desk) where to see it once. Never for somebody with a
 * method of their own or a privilege: a pass would be a way round both.
 */
export const issuePass: Task<z.infer<typeof input>> = {
  id: 'issue-pass',
  does: 'issues a Temporary Access Pass and tells the manager where to see it once',
  input,
  async plan({ target, lifetimeMinutes, usableOnce, mail }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return hold('account-missing', `There is no account in ${target} for a pass.`);
    if (await need(sight, target, 'accounts').isPrivileged(link.nativeId, sight.signal)) {
      return skip(
        target,
        'pass',
        'privileged',
        `${subject.displayName} holds a privilege in ${target}: a pass is issued by hand, by two people.`,
      );
    }
    const methods = await need(sight, target, 'passes').otherMethodsOf(link.nativeId, sight.signal);
    if (methods.length > 0)
      return skip(target, 'pass', 'has-authentication-method', `${subject.displayName} can already sign in by ${methods.join(', ')}.`);
    const startsAt = new Date(Math.max(sight.hireMoment, sight.now)).toISOString();
    const starts: Record<string, string> = sight.hireMoment > sight.now ? { startsAt } : {};
    const key = `pass/${subject.personId}/${subject.worker.hireDate}`;
    const aim = { target, person: subject.personId, kind: 'pass', object: { id: link.nativeId }, effect: 'credential' } as const;
    const cause = { reference: `hire:${subject.worker.hireDate}`, message: `${subject.displayName} starts on ${subject.worker.hireDate}.` };
    const deliver = await delivery(mail, key, subject, sight);
    return changes([
      {
        ...aim,
        cause,
        as: 'act',
        do: 'issue',
        key,
        input: { ...starts, lifetimeMinutes, isUsableOnce: usableOnce },
        ifLost: 'replace',
        deliver,
      },
    ]);
  },
};

async function delivery(template: string, key: string, subject: Subject, sight: Sight): Promise<Act> {
  const to = (await sight.managerAddress()) ?? sight.mail.helpDesk;
  return {
    target: sight.mail.target,
    person: subject.personId,
    kind: 'mail',
    object: { id: to },
    effect: 'notify',
    cause: { reference: key, message: `Tells ${to} where to see the pass.` },
    as: 'act',
    do: 'send',
    key: `mail/${key}`,
    input: { template, to: [to] },
    ifLost: 'look',
  };
}
