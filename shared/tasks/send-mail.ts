import { z } from 'zod';
import type { Sight, Task } from './task.ts';
import { changes, skip } from './plans.ts';

const recipient = z.enum(['manager', 'worker', 'help-desk', 'operators', 'approvers']);
const input = z.strictObject({ template: z.string(), to: z.union([recipient, z.array(recipient).min(1)]) });

/** Sends one mail about the person, once per template and hire. */
export const sendMail: Task<z.infer<typeof input>> = {
  id: 'send-mail',
  does: 'sends one mail, once',
  input,
  async plan({ template, to }, subject, sight) {
    const { target } = sight.mail;
    const known = (await Promise.all([to].flat().map((who) => addressesOf(who, sight)))).flat();
    const [first] = known;
    if (first === undefined)
      return skip(target, template, 'no-recipient', `Nobody to send “${template}” to: ${[to].flat().join(', ')} has no address.`);
    const key = `mail/${template}/${subject.personId}/${subject.worker.hireDate}`;
    const aim = { target, person: subject.personId, kind: 'mail', object: { id: first }, effect: 'notify' } as const;
    const cause = { reference: `template:${template}`, message: `“${template}” to ${known.join(', ')}.` };
    return changes([{ ...aim, cause, as: 'act', do: 'send', key, input: { template, to: known }, ifLost: 'look' }]);
  },
};

async function addressesOf(who: z.infer<typeof recipient>, sight: Sight): Promise<readonly string[]> {
  const { helpDesk, operators, approvers } = sight.mail;
  if (who === 'operators') return operators;
  if (who === 'approvers') return approvers;
  if (who === 'help-desk') return [helpDesk];
  const address = who === 'manager' ? await sight.managerAddress() : sight.ownAddress();
  return address === undefined ? [] : [address];
}
