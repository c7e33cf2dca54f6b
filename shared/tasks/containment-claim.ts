import type { Claim } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { syncedBlockHolds } from './synced-block.ts';
import { need, type Sight } from './task.ts';

type OfAccount = Omit<Claim, 'target'>;

const worst: readonly Claim['is'][] = ['open', 'provisional', 'closed'];
const tokens = [
  'apps that evaluate access continuously: up to 15 minutes',
  'other access tokens: 60 to 90 minutes',
  "an app's own cookies: unknown",
] as const;

/** Looks at every account of the person in the target again, and says what may be claimed of them together: as the worst of them. `from` is the directory that masters synced users. */
export async function claimOf(target: string, from: string | undefined, subject: Subject, sight: Sight): Promise<Claim> {
  const links = subject.links.filter((link) => link.target === target);
  const each: OfAccount[] = [];
  for (const link of links) each.push(await claimOfAccount(link, from, subject, sight));
  if (each.length === 0) return { target, is: 'closed', claims: 'no account here', remains: [] };
  const is = worst.find((one) => each.some((claim) => claim.is === one)) ?? 'open';
  const told = each.filter((claim) => claim.is === is);
  return {
    target,
    is,
    claims: [...new Set(told.map(({ claims }) => claims))].join('; '),
    remains: [...new Set(each.flatMap(({ remains }) => remains))],
  };
}

async function claimOfAccount(link: AccountLink, from: string | undefined, subject: Subject, sight: Sight): Promise<OfAccount> {
  const found = await need(sight, link.target, 'accounts').byId(link.nativeId, sight.signal);
  if (found === undefined) return { is: 'closed', claims: 'the account is gone', remains: [] };
  switch (sight.target(link.target).kind) {
    case 'entra':
      return claimOfEntra(link, found, { from, subject, sight });
    case 'ad':
      return claimOfAd(found, link, sight);
    case 'oci':
      return claimOfOci(found, link, sight);
    case 'scim':
      return found.enabled
        ? open('the account is active')
        : { is: 'closed', claims: 'new sign-in closed', remains: ['a signed-in session, for as long as the application keeps it'] };
    default:
      return found.enabled ? open('the account is enabled') : { is: 'closed', claims: 'the account is disabled', remains: [] };
  }
}

type Beside = { readonly from: string | undefined; readonly subject: Subject; readonly sight: Sight };

async function claimOfEntra(link: AccountLink, found: FoundAccount, beside: Beside): Promise<OfAccount> {
  const { sight } = beside;
  if (found.enabled) return open('the account is enabled');
  const passes = await need(sight, link.target, 'passes').passesOf(found.id, sight.signal);
  if (passes.some(({ live }) => live)) return open('a Temporary Access Pass is there');
  if ((await need(sight, link.target, 'sessions').validFrom(found.id, sight.signal)) === null)
    return open('sessions have never been revoked');
  if (link.kind === 'guest') return { is: 'closed', claims: 'closed in this tenant', remains: ['the home tenant', ...tokens] };
  if (!found.masteredElsewhere || (await syncedBlockHolds(found, beside)))
    return { is: 'closed', claims: 'new sign-in closed', remains: tokens };
  return { is: 'provisional', claims: 'new sign-in closed for now', remains: ['the next sync could enable it again', ...tokens] };
}

async function claimOfAd(found: FoundAccount, link: AccountLink, sight: Sight): Promise<OfAccount> {
  const reader = sight.target(link.target).reads.controllers;
  const views = (await reader?.views(link.nativeId, sight.signal)) ?? [{ controller: link.target, enabled: found.enabled }];
  const closed = views.filter(({ enabled }) => enabled === false);
  const still = views.filter(({ enabled }) => enabled !== false);
  const not = still.map(({ controller, enabled }) => `${controller}: ${enabled === null ? 'not reached' : 'still shown enabled'}`);
  const is = closed.length === 0 ? 'open' : still.length === 0 ? 'closed' : 'provisional';
  return {
    is,
    claims: `closed on ${closed.length} of ${views.length} ${views.length === 1 ? 'controller' : 'controllers'}`,
    remains: [...not, 'Kerberos tickets: 10 hours by default', 'open sessions', 'cached logon'],
  };
}

async function claimOfOci(found: FoundAccount, link: AccountLink, sight: Sight): Promise<OfAccount> {
  const on = Object.entries(found.attributes).filter(([name, value]) => /^canUse[A-Z]/.test(name) && value === true);
  if (found.enabled) return open('the account is active');
  if (on.length > 0) return open(`it can still use: ${on.map(([name]) => name).join(', ')}`);
  const { credentials, unreadable } = await need(sight, link.target, 'credentials').credentialsOf(link.nativeId, sight.signal);
  const usable = credentials.filter((credential) => credential.usable);
  if (usable.length > 0) return open(`credentials are usable: ${[...new Set(usable.map(({ kind }) => kind))].join(', ')}`);
  if (unreadable.length > 0) return open(`credentials could not be read: ${unreadable.map(({ kind }) => kind).join(', ')}`);
  return { is: 'closed', claims: 'closed', remains: ['a signed-in session until sign-out'] };
}

function open(why: string): OfAccount {
  return { is: 'open', claims: `not closed: ${why}`, remains: [] };
}
