import type { OwnChange, SeenUser } from '../../ports/registry/graph-door.ts';

/** How we last left an account: `present` when only that it is there. */
export type AccountWord = SeenUser['state'] | 'present';

/**
 * What we last made of one of these accounts, whichever target it is in; undefined where we have never said. `own` is oldest first. That it was deleted stands until it is made or brought back: a change that is
 * seen to its end only later, its answer having been lost, makes it no less deleted.
 */
export function lastWordOn(own: readonly OwnChange[], isMeant: (change: OwnChange) => boolean): AccountWord | undefined {
  let last: AccountWord | undefined;
  for (const one of own.filter(isMeant)) {
    const isLate = last === 'deleted' && one.change.do === 'update';
    if (!isLate) last = wordOf(one) ?? last;
  }
  return last;
}

/** Whether a state is what we last made of it. */
export function agrees(word: AccountWord | undefined, state: SeenUser['state']): boolean {
  return word === state || (word === 'present' && state !== 'deleted');
}

/** Whether we last put the account into the group (true) or took it out; undefined where we did neither. */
export function lastWordOnMember(own: readonly OwnChange[], account: string, group: string): boolean | undefined {
  const last = own.findLast(
    ({ change, account: about }) =>
      about === account &&
      (change.do === 'link' || change.do === 'unlink') &&
      change.relation === 'member' &&
      'id' in change.other &&
      change.other.id === group,
  );
  return last === undefined ? undefined : last.change.do === 'link';
}

function wordOf({ change }: OwnChange): AccountWord | undefined {
  if (change.kind !== 'account') return undefined;
  if (change.do === 'delete') return 'deleted';
  if (change.do === 'restore') return 'present';
  if (change.do !== 'create' && change.do !== 'update') return undefined;
  const enabled = change.after['enabled'];
  if (typeof enabled === 'boolean') return enabled ? 'enabled' : 'disabled';
  return change.do === 'create' ? 'present' : undefined;
}
