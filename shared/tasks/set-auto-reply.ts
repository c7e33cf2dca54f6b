import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { primaryLink } from '../domain/subject.ts';
import { changes, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Has a leaver's mailbox answer that they have left and whom to write to. Before licences go: with its licence a mailbox goes too. */
export const setAutoReply: Task<z.infer<typeof input>> = {
  id: 'set-auto-reply',
  does: 'has the mailbox of a leaver answer whom to write to',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'mailbox', 'not-applicable', `There is no account in ${target}.`);
    const mailbox = await need(sight, target, 'mailboxes').mailboxOf(link.nativeId, sight.signal);
    if (mailbox === undefined) return skip(target, 'mailbox', 'not-applicable', `${subject.displayName} has no mailbox in ${target}.`);
    const contact = (await sight.managerAddress()) ?? sight.mail.helpDesk;
    const autoReply = `${subject.displayName} no longer works here. Please write to ${contact}.`;
    if (mailbox.autoReply === autoReply) return changes([]);
    const change: Change = {
      target,
      person: subject.personId,
      kind: 'mailbox',
      object: { id: link.nativeId },
      effect: 'attribute',
      cause: { reference: 'access-ended', message: 'Whoever writes is told whom to write to.' },
      as: 'reach',
      do: 'update',
      before: { autoReply: mailbox.autoReply },
      after: { autoReply },
    };
    return changes([change]);
  },
};
