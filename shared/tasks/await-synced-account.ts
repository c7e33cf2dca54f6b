import { z } from 'zod';
import type { AccountLink, Subject } from '../domain/subject.ts';
import { primaryLink } from '../domain/subject.ts';
import type { Plan } from '../domain/change.ts';
import { adoptCandidate } from './adopt-candidate.ts';
import { goneFinding } from './gone-finding.ts';
import { changes, find, hold, waitFor } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({ target: z.string(), from: z.string() });
const lookAgainInMs = 1000;

/** Waits until the account that another target masters appears in this one, and finds it by its anchor, never by name. */
export const awaitSyncedAccount: Task<z.infer<typeof input>> = {
  id: 'await-synced-account',
  does: 'waits for the synced account and finds it by its anchor',
  input,
  async plan({ target, from }, subject, sight) {
    const link = primaryLink(subject.links, target);
    const isThere = link !== undefined && (await need(sight, target, 'accounts').byId(link.nativeId, sight.signal)) !== undefined;
    return isThere ? changes([]) : awaited({ target, from, link }, subject, sight);
  },
};

type Awaited = { readonly target: string; readonly from: string; readonly link: AccountLink | undefined };

async function awaited({ target, from, link }: Awaited, subject: Subject, sight: Sight): Promise<Plan> {
  const master = primaryLink(subject.links, from);
  if (master?.anchor == null) return hold('account-missing', `There is no account in ${from} to wait for.`);
  const found = await need(sight, target, 'accounts').byAnchor(master.anchor, sight.signal);
  const [account, second] = found;
  if (second !== undefined)
    return hold('several-candidates', `${found.length} accounts in ${target} carry the anchor of the account in ${from}.`);
  if (account === undefined) return waitFor(lookAgainInMs, `waiting for the sync from ${from} to ${target}`);
  // The account of before is gone, and another has come in its place.
  return link === undefined ? adoptCandidate(account, 'synced', { target, subject, sight }) : find(goneFinding(link));
}
