import type { Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { need, type Sight } from './task.ts';

/**
 * Whether a synced user who is blocked will stay so: the account that masters it, in `from`, is disabled, and a sync has gone over the user since and left the block there.
 * (`onPremisesLastSyncDateTime`, https://learn.microsoft.com/graph/api/resources/user)
 */
export async function syncedBlockHolds(
  found: FoundAccount,
  { from, subject, sight }: { readonly from: string | undefined; readonly subject: Subject; readonly sight: Sight },
): Promise<boolean> {
  if (from === undefined || found.enabled || found.syncedAt === null) return false;
  const accounts = need(sight, from, 'accounts');
  for (const link of subject.links.filter(({ target }) => target === from)) {
    const master = await accounts.byId(link.nativeId, sight.signal);
    if (master?.anchor !== found.anchor) continue;
    return !master.enabled && found.syncedAt > (await disabledAt(from, link.nativeId, sight));
  }
  return false;
}

/** When we saw it disabled; of one that was disabled before, when this run began to look. The sync keeps its time to the second: one of the same second may have come before. */
async function disabledAt(target: string, account: string, sight: Sight): Promise<number> {
  const past = (await sight.pastChanges()).find(
    ({ change, object }) => change.do === 'update' && change.target === target && object === account && 'enabled' in change.after,
  );
  const at = past?.change.do === 'update' && past.change.after['enabled'] === false ? past.at : (sight.run?.startedAt ?? sight.now);
  return Math.floor(at / 1000) * 1000;
}
