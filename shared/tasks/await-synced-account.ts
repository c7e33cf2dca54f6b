import { z } from 'zod';
import { primaryLink } from '../domain/subject.ts';
import { adoptCandidate } from './adopt-candidate.ts';
import { changes, hold, waitFor } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string(), from: z.string() });
const lookAgainInMs = 1000;

/** Waits until the account that another target masters appears in this one, and finds it by its anchor, never by name. */
export const awaitSyncedAccount: Task<z.infer<typeof input>> = {
  id: 'await-synced-account',
  does: 'waits for the synced account and finds it by its anchor',
  input,
  async plan({ target, from }, subject, sight) {
    if (primaryLink(subject.links, target) !== undefined) return changes([]);
    const master = primaryLink(subject.links, from);
    if (master?.anchor == null) return hold('account-missing', `There is no account in ${from} to wait for.`);
    const found = await need(sight, target, 'accounts').byAnchor(master.anchor, sight.signal);
    const [account, second] = found;
    if (second !== undefined)
      return hold('several-candidates', `${found.length} accounts in ${target} carry the anchor of the account in ${from}.`);
    if (account === undefined) return waitFor(lookAgainInMs, `waiting for the sync from ${from} to ${target}`);
    return adoptCandidate(account, 'synced', { target, subject, sight });
  },
};
