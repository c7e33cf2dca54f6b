import type { Aim, Change, Plan } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { need, type PastChange, type Sight } from './task.ts';

/** The capabilities of an OCI account by which credentials are used (`canUseApiKeys` …; Oracle's extension `capabilities:User`). */
const isCapability = /^canUse[A-Z]/;
const cause = { reference: 'containment', message: 'Access has ended.' } as const;

/**
 * What shuts every account that the person has in the target, of whatever kind: what is shut already plans to nothing, and so does an account that is gone. Entra: disabled (of a
 * synced user that is the stop-gap), sessions revoked, passes deleted. AD: disabled, the password set twice to one that nobody knows. OCI: inactive, all capabilities off.
 */
export async function containmentOf(target: string, subject: Subject, sight: Sight): Promise<Plan> {
  const list: Change[] = [];
  for (const link of subject.links.filter((one) => one.target === target)) list.push(...(await closingOf(link, subject, sight)));
  return { findings: [], changes: list, skips: [] };
}

async function closingOf(link: AccountLink, subject: Subject, sight: Sight): Promise<readonly Change[]> {
  const found = await need(sight, link.target, 'accounts').byId(link.nativeId, sight.signal);
  if (found === undefined) return [];
  const aim = { target: link.target, person: subject.personId, object: { id: link.nativeId }, effect: 'contain', cause } as const;
  const shut = shutting(found, aim);
  switch (sight.target(link.target).kind) {
    case 'entra':
      return [...shut, ...(await voiding('revoke', found, aim, sight)), ...(await passes(aim, link.nativeId, sight))];
    case 'ad':
      return [...shut, ...(await voiding('reset', found, aim, sight))];
    default:
      return shut;
  }
}

type Closing = Omit<Aim, 'kind'>;

function shutting(found: FoundAccount, aim: Closing): readonly Change[] {
  const open = Object.keys(found.attributes).filter((name) => isCapability.test(name) && found.attributes[name] === true);
  const names = [...(found.enabled ? ['enabled'] : []), ...open];
  if (names.length === 0) return [];
  const all = (value: boolean) => Object.fromEntries(names.map((name) => [name, value]));
  return [{ ...aim, kind: 'account', as: 'reach', do: 'update', before: all(true), after: all(false) }];
}

/** Sessions and the password are dealt with once for each time that the account was open. */
async function voiding(how: 'revoke' | 'reset', found: FoundAccount, aim: Closing, sight: Sight): Promise<readonly Change[]> {
  if (!found.enabled && isVoid(await sight.pastChanges(), how, found.id)) return [];
  const key = `${how}/${aim.target}/${found.id}/${sight.run?.id ?? 'plan'}`;
  const act = { ...aim, as: 'act', key, ifLost: 'repeat' } as const;
  // Twice, so that the one before the last, which a domain controller may still take for a while, is not theirs either.
  return how === 'reset'
    ? [{ ...act, kind: 'password', do: 'reset', input: { times: 2 } }]
    : [{ ...act, kind: 'sessions', do: 'revoke', input: {} }];
}

function isVoid(past: readonly PastChange[], how: 'revoke' | 'reset', account: string): boolean {
  const latest = past.find(({ change, object }) => object === account && (change.do === how || opens(change)));
  return latest?.change.do === how;
}

function opens(change: Change): boolean {
  return (
    change.as === 'reach' &&
    (change.do === 'create' || change.do === 'restore' || (change.do === 'update' && change.after['enabled'] === true))
  );
}

async function passes(aim: Closing, account: string, sight: Sight): Promise<readonly Change[]> {
  const found = await need(sight, aim.target, 'passes').passesOf(account, sight.signal);
  return found
    .filter(({ live }) => live)
    .map(({ id }) => ({
      ...aim,
      cause: { ...cause, message: 'Temporary Access Pass' },
      kind: 'pass',
      as: 'reach',
      do: 'unlink',
      relation: 'pass',
      other: { id },
    }));
}
