import type { Change, Reach } from '../domain/change.ts';
import type { Reason } from '../domain/problem.ts';
import type { GateDeps } from './gate-deps.ts';

/**
 * What the cloud may still write to a user that AD masters: licence, usage location, cloud groups, authentication methods, and the stop-gap sign-in
 * block. All else, the manager included, belongs to AD.
 */
const cloudOwned = new Set(['usageLocation']);

/** Refuses a change of an account's attributes where another directory masters it. Read live: a link says nothing of who masters. */
export async function refuseWithoutAuthority(deps: GateDeps, change: Change, signal: AbortSignal): Promise<Reason | undefined> {
  if (!('id' in change.object)) return undefined;
  const foreign = change.as === 'reach' && change.kind === 'account' ? foreignOf(change) : change.do === 'reset' ? ['the password'] : [];
  const accounts = deps.target(change.target).reads.accounts;
  if (foreign.length === 0 || accounts === undefined) return undefined;
  const found = await accounts.byId(change.object.id, signal);
  if (found?.masteredElsewhere !== true) return undefined;
  return { code: 'no-authority', message: `Active Directory masters ${foreign.join(', ')} of this account; write it there.` };
}

/** What of the account the change would write that is not the cloud's where another directory masters it. */
function foreignOf(change: Reach): readonly string[] {
  if (change.do === 'delete' || change.do === 'restore' || change.do === 'purge') return ['the existence'];
  if (change.do !== 'update') return [];
  const isStopGap = change.effect === 'contain' && change.after['enabled'] === false;
  return Object.keys(change.after).filter((name) => !cloudOwned.has(name) && !(isStopGap && name === 'enabled'));
}
