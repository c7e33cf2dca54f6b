import { z } from 'zod';
import { changes, hold, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Tells HR the person's new address and sign-in name. */
export const writeBack: Task<z.infer<typeof input>> = {
  id: 'write-back',
  does: 'tells HR the new address and sign-in name',
  input,
  async plan({ target }, subject, sight) {
    const contacts = need(sight, target, 'contacts');
    if (contacts.source !== subject.source)
      return skip(target, subject.worker.workerId, 'not-applicable', `${target} does not know the workers of ${subject.source}.`);
    const address = sight.ownAddress();
    if (address === undefined) return hold('account-missing', 'There is no address yet to tell HR.');
    const { workerId } = subject.worker;
    const found = await contacts.contactOf(workerId, sight.signal);
    if (found?.email === address && found.userPrincipalName === address) return changes([]);
    const aim = { target, person: subject.personId, kind: 'contact', object: { id: workerId }, effect: 'attribute' } as const;
    const cause = { reference: `hire:${subject.worker.hireDate}`, message: 'HR keeps the work address.' };
    const before = { email: found?.email ?? null, userPrincipalName: found?.userPrincipalName ?? null };
    return changes([{ ...aim, cause, as: 'reach', do: 'update', before, after: { email: address, userPrincipalName: address } }]);
  },
};
