import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { type AccountLink, primaryLink, type Subject } from '../domain/subject.ts';
import { missingAccount } from './missing-account.ts';
import { changes, skip } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/**
 * Sees that the manager answers for the account as its sponsor, which reviews and policies for guests and externals go by. A sponsor whom we named before and who is the manager no more is taken out;
 * whom others named stays.
 */
export const setSponsors: Task<z.infer<typeof input>> = {
  id: 'set-sponsors',
  does: 'makes the manager that HR names the sponsor of the account',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'sponsors', 'not-applicable', `There is no account in ${target}.`);
    if ((await need(sight, target, 'accounts').byId(link.nativeId, sight.signal)) === undefined) return missingAccount(link, sight);
    const manager = subject.manager && primaryLink(subject.manager.links, target);
    if (!manager)
      return skip(target, 'sponsors', 'manager-unknown', `The manager has no account in ${target} yet; they sponsor it when it appears.`);
    const sponsors = await need(sight, target, 'sponsors').sponsorsOf(link.nativeId, sight.signal);
    const named = await namedByUs(link, sight);
    const old = sponsors.filter((id) => id !== manager.nativeId && named.has(id));
    const added = sponsors.includes(manager.nativeId) ? [] : [sponsoring(link, manager, subject)];
    const taken = old.map((id) => unlinking(link, subject, { kind: 'sponsor', relation: 'sponsor', id, name: 'sponsor' }, 'hr:manager'));
    return changes([...added, ...taken]);
  },
};

function sponsoring(link: AccountLink, manager: AccountLink, subject: Subject): Change {
  const message = `HR names ${subject.manager?.displayName ?? ''} as manager, who sponsors the account.`;
  return {
    target: link.target,
    person: subject.personId,
    kind: 'sponsor',
    object: { id: link.nativeId },
    effect: 'attribute',
    cause: { reference: 'hr:manager', message },
    as: 'reach',
    do: 'link',
    relation: 'sponsor',
    other: { id: manager.nativeId },
  };
}

async function namedByUs({ target, nativeId }: AccountLink, sight: Sight): Promise<ReadonlySet<string>> {
  const ours = (await sight.pastChanges()).filter(({ change, object }) => change.target === target && object === nativeId);
  return new Set(
    ours.flatMap(({ change }) =>
      change.as === 'reach' && change.do === 'link' && change.relation === 'sponsor' && 'id' in change.other ? [change.other.id] : [],
    ),
  );
}
