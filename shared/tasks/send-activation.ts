import { z } from 'zod';
import type { Act } from '../domain/change.ts';
import { primaryLink } from '../domain/subject.ts';
import { missingAccount } from './missing-account.ts';
import { changes, hold, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });

/** Has the target send its activation mail again, by which somebody sets their first password there. Not to who signs in elsewhere, has activated already, or may not sign in yet. */
export const sendActivation: Task<z.infer<typeof input>> = {
  id: 'send-activation',
  does: 'has the target send its activation mail again, to who still has to set a first password there',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return hold('account-missing', `There is no account in ${target} to activate.`);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found === undefined) return missingAccount(link, sight);
    const { signsInElsewhere, pending } = await need(sight, target, 'activations').activationOf(link.nativeId, sight.signal);
    const name = subject.displayName;
    if (signsInElsewhere)
      return skip(
        target,
        'activation',
        'not-applicable',
        `${name} signs in to ${target} through another system, and has no password there.`,
      );
    if (!found.enabled) return skip(target, 'activation', 'not-applicable', `The account of ${name} in ${target} is not active.`);
    if (pending === false) return changes([]);
    const act: Act = {
      target,
      person: subject.personId,
      kind: 'activation',
      object: { id: link.nativeId },
      effect: 'credential',
      cause: { reference: 'activation', message: `${name} still has to activate the account.` },
      as: 'act',
      do: 'invite',
      key: `activation/${target}/${link.nativeId}/${sight.run?.id ?? 'plan'}`,
      input: {},
      ifLost: 'repeat',
    };
    return changes([act]);
  },
};
