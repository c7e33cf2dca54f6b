import type { Link } from '../../domain/change.ts';
import type { Priority } from '../http/wire.ts';
import { equalsFilter } from './equals-filter.ts';
import type { Operation } from './patch-body.ts';
import type { ScimProfile } from './scim-profile.ts';

/** One account that is to be in a group, or not. */
export type Member = { readonly account: string; readonly does: Link['do']; readonly priority: Priority; readonly signal: AbortSignal };

/** The operations that add and remove members (RFC 7644 sections 3.5.2.1 and 3.5.2.2): all additions in one, each removal in one of its own. */
export function memberOperations(members: readonly Member[], profile: ScimProfile): readonly Operation[] {
  const added = members.filter(({ does }) => does === 'link').map(({ account }) => ({ value: account }));
  const removed = members.filter(({ does }) => does === 'unlink').map(({ account }) => account);
  const additions: readonly Operation[] = added.length === 0 ? [] : [{ op: 'add', path: 'members', value: added }];
  if (profile.memberRemoval === 'by-value') {
    const value = removed.map((account) => ({ value: account }));
    return removed.length === 0 ? additions : [...additions, { op: 'remove', path: 'members', value }];
  }
  return [...additions, ...removed.map((account): Operation => ({ op: 'remove', path: `members[${equalsFilter('value', account)}]` }))];
}
