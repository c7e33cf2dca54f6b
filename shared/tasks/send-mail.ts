import { z } from 'zod';
import { occasionOf } from './occasion-of.ts';
import { changes, skip } from './plans.ts';
import type { Sight, Task } from './task.ts';

const recipient = z.enum(['manager', 'old-manager', 'new-manager', 'worker', 'help-desk', 'operators', 'approvers']);
const input = z.strictObject({
  template: z.string(),
  to: z.union([recipient, z.array(recipient).min(1)]),
  once: z.enum(['hire', 'leaving', 'move', 'run']).default('hire'),
});

/** Sends one mail about the person, once for the template and the occasion: their hire, their leaving, a move, or the run itself. */
export const sendMail: Task<z.infer<typeof input>> = {
  id: 'send-mail',
  does: 'sends one mail, once for each occasion',
  input,
  async plan({ template, to, once }, subject, sight) {
    const { target } = sight.mail;
    const known = [...new Set((await Promise.all([to].flat().map((who) => addressesOf(who, sight)))).flat())];
    const [first] = known;
    if (first === undefined) {
      const message = `Nobody to send “${template}” to: ${[to].flat().join(', ')} has no address.`;
      // A former manager is somebody whom there may not be.
      return skip(target, template, [to].flat().every((who) => who === 'old-manager') ? 'not-applicable' : 'no-recipient', message);
    }
    const key = `mail/${template}/${subject.personId}/${await occasionOf({ once, template }, subject, sight)}`;
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
  const address = await addressOf(who, sight);
  return address === undefined ? [] : [address];
}

async function addressOf(who: z.infer<typeof recipient>, sight: Sight): Promise<string | undefined> {
  if (who === 'old-manager') return sight.formerManagerAddress();
  return who === 'worker' ? sight.ownAddress() : sight.managerAddress();
}
