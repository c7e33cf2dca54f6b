import { adError } from '../ad-error.ts';
import { domain } from '../domain.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

/**
 * Makes another group the primary one, by its relative id: only a group that the account is a member of (53 otherwise). It is then no member of that by `member` any more, and one of its former primary group
 * (MS-ADTS 3.1.1.5.3.2; a Samba domain controller does the same).
 */
export function changePrimaryGroup(
  store: DirectoryStore,
  account: DirectoryObject,
  change: { readonly from: string; readonly to: string },
): void {
  if (change.from === change.to) return;
  const next = groupOf(store, change.to);
  if (next === undefined || !store.links.has('member', next, account.id)) throw adError('unwilling');
  store.links.remove('member', next, account.id);
  store.objects.touch(next);
  const former = groupOf(store, change.from);
  if (former === undefined) return;
  store.links.add('member', former, account.id);
  store.objects.touch(former);
}

function groupOf(store: DirectoryStore, relativeId: string): number | undefined {
  const [id] = store.objects.idsByKey('objectSid', `${domain.sid}-${relativeId}`, true);
  return id !== undefined && store.objects.byId(id)?.className === 'group' ? id : undefined;
}
