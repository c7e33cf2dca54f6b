import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { primaryLink } from '../domain/subject.ts';
import { missingAccount } from './missing-account.ts';
import { changes, hold } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({ target: z.string(), consumer: z.string().optional() });
const lookAgainInMs = 1000;

/** Enables the account where it is mastered, and waits until its consumer shows it enabled too. */
export const enableAccount: Task<z.infer<typeof input>> = {
  id: 'enable-account',
  does: 'enables the account, and sees that the systems fed from it show it so',
  input,
  async plan({ target, consumer }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return hold('account-missing', `There is no account in ${target} to enable.`);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found === undefined) return missingAccount(link, sight);
    const aim = { target, person: subject.personId, kind: 'account', object: { id: link.nativeId }, effect: 'enable' } as const;
    const cause = { reference: `hire:${subject.worker.hireDate}`, message: `${subject.displayName} starts on ${subject.worker.hireDate}.` };
    const enable: Change = { ...aim, cause, as: 'reach', do: 'update', before: { enabled: false }, after: { enabled: true } };
    const plan = changes(found.enabled ? [] : [enable]);
    if (consumer === undefined || (await isEnabledIn(consumer, primaryLink(subject.links, consumer)?.nativeId, sight))) return plan;
    return { ...plan, waiting: { lookAgainInMs, reason: `waiting until ${consumer} shows the account enabled too` } };
  },
};

async function isEnabledIn(consumer: string, nativeId: string | undefined, sight: Sight): Promise<boolean> {
  if (nativeId === undefined) return false;
  return (await need(sight, consumer, 'accounts').byId(nativeId, sight.signal))?.enabled === true;
}
