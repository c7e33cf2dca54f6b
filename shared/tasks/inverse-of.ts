import type { Act, Change, Link, Reach, Skip } from '../domain/change.ts';
import type { ReasonCode } from '../domain/problem.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';
import { inverseOfUnlink } from './inverse-of-unlink.ts';
import { inverseOfUpdate } from './inverse-of-update.ts';
import { whyNotRemoved } from './unwritable-group.ts';
import type { StillOurs } from './still-ours.ts';
import { need, type PastChange, type Sight } from './task.ts';
import { unlinking } from './unlinking.ts';

/** What takes a change back, and what of it cannot be taken back. */
export type Inverse = { readonly changes: readonly Change[]; readonly skips: readonly Skip[] };

const nothing: Inverse = { changes: [], skips: [] };

/** What takes the change back as things are now: nothing where it is not so any more, or where there is nothing to take back, such as a mail. */
export async function inverseOf({ past, attributes }: StillOurs, subject: Subject, sight: Sight): Promise<Inverse> {
  const { change } = past;
  if (change.as === 'act') return inverseOfAct(change, past, subject, sight);
  switch (change.do) {
    case 'create':
    case 'restore':
      return inverseOfMaking(change, past, subject, sight);
    case 'update':
      return inverseOfUpdate({ past, change, attributes }, subject, sight);
    case 'delete':
      return inverseOfDelete(past, subject, sight);
    case 'purge':
      return skipping(change.target, past.object, 'not-applicable', 'The account was erased for good: nothing brings it back.');
    case 'link':
      return inverseOfLink(change, past, subject, sight);
    case 'unlink':
      return inverseOfUnlink(change, past, subject, sight);
  }
}

/** An account that was made is shut and deleted; one that was brought back is shut only. */
async function inverseOfMaking(change: Reach, past: PastChange, subject: Subject, sight: Sight): Promise<Inverse> {
  const found = await need(sight, change.target, 'accounts').byId(past.object, sight.signal);
  if (found === undefined) return nothing;
  const cause = { reference: `undo:${past.changeId}`, message: 'Made for somebody who does not come.' };
  const aim = { target: change.target, person: subject.personId, kind: 'account', object: { id: found.id }, cause, as: 'reach' } as const;
  const shut: readonly Change[] = found.enabled
    ? [{ ...aim, effect: 'contain', do: 'update', before: { enabled: true }, after: { enabled: false } }]
    : [];
  if (change.do === 'restore') return { changes: shut, skips: [] };
  return { changes: [...shut, { ...aim, effect: 'destroy', do: 'delete', before: { ...found.attributes, enabled: false } }], skips: [] };
}

async function inverseOfDelete({ change, object, changeId }: PastChange, subject: Subject, sight: Sight): Promise<Inverse> {
  const accounts = need(sight, change.target, 'accounts');
  if ((await accounts.byId(object, sight.signal)) !== undefined) return nothing;
  if (!(await accounts.isRestorable(object, sight.signal)))
    return skipping(change.target, object, 'account-missing', `${change.target} does not keep the deleted account any more.`);
  const cause = { reference: `undo:${changeId}`, message: 'Brought back from deletion.' };
  const aim = { target: change.target, person: subject.personId, kind: 'account', object: { id: object }, effect: 'create' } as const;
  return { changes: [{ ...aim, cause, as: 'reach', do: 'restore' }], skips: [] };
}

async function inverseOfLink(change: Link, { object, changeId }: PastChange, subject: Subject, sight: Sight): Promise<Inverse> {
  const link = await linkThere(change.target, object, subject, sight);
  if (link === undefined || !('id' in change.other)) return nothing;
  const other = change.other.id;
  if (!(await isThere(change, object, other, sight))) return nothing;
  const group = change.relation === 'member' ? await need(sight, change.target, 'memberships').group(other, sight.signal) : undefined;
  const reason = group && whyNotRemoved(group);
  if (reason !== undefined) return { changes: [], skips: [{ target: change.target, object: other, reason }] };
  const taken = { kind: change.kind, relation: change.relation, id: other, name: group?.name ?? change.cause.message };
  return { changes: [unlinking(link, subject, taken, `undo:${changeId}`)], skips: [] };
}

/** The link to the account, unless the account is gone: a sync may have taken it away with the one that masters it, and nothing of it can be read any more. */
async function linkThere(target: string, account: string, subject: Subject, sight: Sight): Promise<AccountLink | undefined> {
  const link = subject.links.find((one) => one.target === target && one.nativeId === account);
  if (link === undefined) return undefined;
  return (await need(sight, target, 'accounts').byId(account, sight.signal)) === undefined ? undefined : link;
}

async function isThere({ target, relation }: Link, account: string, other: string, sight: Sight): Promise<boolean> {
  if (relation === 'member') return need(sight, target, 'memberships').isMember(other, account, sight.signal);
  if (relation === 'sponsor') return (await need(sight, target, 'sponsors').sponsorsOf(account, sight.signal)).includes(other);
  if (relation === 'team') return need(sight, target, 'teams').isInTeam(other, account, sight.signal);
  if (relation === 'unit') return (await need(sight, target, 'units').unitsOf(account, sight.signal)).some(({ id }) => id === other);
  if (relation !== 'licence') return false;
  const licences = await need(sight, target, 'licences').licencesOf(account, sight.signal);
  return licences.some(({ skuId, viaGroup }) => skuId === other && viaGroup === null);
}

/** A pass that was issued is deleted. A mail cannot be called back, nor can a revocation or a reset. */
async function inverseOfAct(change: Act, { object, changeId }: PastChange, subject: Subject, sight: Sight): Promise<Inverse> {
  if (change.do !== 'issue' || !('id' in change.object)) return nothing;
  const account = change.object.id;
  const link = await linkThere(change.target, account, subject, sight);
  if (link === undefined) return nothing;
  const passes = await need(sight, change.target, 'passes').passesOf(account, sight.signal);
  if (!passes.some(({ id }) => id === object)) return nothing;
  const taken = { kind: 'pass', relation: 'pass', id: object, name: 'Temporary Access Pass' } as const;
  return { changes: [unlinking(link, subject, taken, `undo:${changeId}`)], skips: [] };
}

function skipping(target: string, object: string, code: ReasonCode, message: string): Inverse {
  return { changes: [], skips: [{ target, object, reason: { code, message } }] };
}
