import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import type { Reason } from '../domain/problem.ts';
import { primaryLink, type AccountLink, type Subject } from '../domain/subject.ts';
import type { FoundOwned } from '../ports/readers/ownerships.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';
import { whyNotHandedOver } from './unwritable-group.ts';

const input = z.strictObject({ target: z.string() });

/**
 * Hands the groups that somebody owns over to their manager: the manager becomes an owner first, then the person is none any more, so that no group is ever without one. A group with another owner needs no
 * manager; a manager with a privilege is given nothing. What the manager was given stays theirs when the leaving is taken back.
 */
export const handOverOwnership: Task<z.infer<typeof input>> = {
  id: 'hand-over-ownership',
  does: 'hands the groups that the person owns over to the manager',
  input,
  async plan({ target }, subject, sight) {
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      for (const owned of await need(sight, target, 'ownerships').ownedBy(link.nativeId, sight.signal)) {
        const planned = await handOver(owned, link, subject, sight);
        if ('changes' in planned) wanted.push(...planned.changes);
        else skips.push({ target, object: owned.id, reason: planned.reason });
      }
    }
    return changes(wanted, skips);
  },
};

type HandOver = { readonly changes: readonly Change[] } | { readonly reason: Reason };

async function handOver({ id, name, type }: FoundOwned, link: AccountLink, subject: Subject, sight: Sight): Promise<HandOver> {
  const { target } = link;
  if (type !== 'group') return { reason: { code: 'no-authority', message: `${name} is an application: name another owner by hand.` } };
  const group = await need(sight, target, 'memberships').group(id, sight.signal);
  const why = group && whyNotHandedOver(group);
  if (why !== undefined) return { reason: why };
  const release = unlinking(link, subject, { kind: 'ownership', relation: 'owner', id, name: `ownership of ${name}` }, 'access-ended');
  const others = (await need(sight, target, 'ownerships').ownersOf(id, sight.signal)).filter((owner) => owner !== link.nativeId);
  const manager = subject.manager && primaryLink(subject.manager.links, target);
  if (manager === undefined || manager === null) return others.length > 0 ? { changes: [release] } : { reason: lastOwner(name) };
  if (await need(sight, target, 'accounts').isPrivileged(manager.nativeId, sight.signal))
    return others.length > 0 ? { changes: [release] } : { reason: privilegedHeir(name) };
  return { changes: others.includes(manager.nativeId) ? [release] : [handing(id, name, manager, subject), release] };
}

function lastOwner(name: string): Reason {
  return { code: 'manager-unknown', message: `${name} has no other owner, and there is no manager to hand it over to: name one by hand.` };
}

function privilegedHeir(name: string): Reason {
  return { code: 'privileged', message: `${name} has no other owner, and the manager holds a privilege: name an owner by hand.` };
}

/** An attribute of the group, not access of the person: nothing of theirs is opened by it. */
function handing(group: string, name: string, manager: AccountLink, subject: Subject): Change {
  const who = subject.manager?.displayName ?? 'the manager';
  return {
    target: manager.target,
    person: subject.personId,
    kind: 'ownership',
    object: { id: manager.nativeId },
    effect: 'attribute',
    cause: { reference: 'handed-over', message: `ownership of ${name} handed over to ${who}` },
    as: 'reach',
    do: 'link',
    relation: 'owner',
    other: { id: group },
  };
}
