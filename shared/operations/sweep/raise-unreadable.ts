import type { TargetId } from '../../domain/ids.ts';
import type { OperationDeps } from '../deps.ts';
import { raiseHold } from '../holds/raise-hold.ts';

/** What a target that the sweep could not read, or not wholly, is held under. */
export function unreadableReference(target: TargetId): string {
  return `sweep/${target}`;
}

/** Says that a target could not be read: nobody may take that for “nothing is open”. It is said once, until the target can be read again. */
export async function raiseUnreadable(deps: OperationDeps, target: TargetId, why: string): Promise<void> {
  const reference = unreadableReference(target);
  await deps.registry.transaction(async (stores) => {
    if ((await stores.holds.openAbout(reference)).length > 0) return;
    const message = `The leaver sweep could not read all of ${target}: what leavers have there may be open still. ${why}`;
    await raiseHold(deps, stores, { kind: 'change', reference, personId: null, code: 'target-unreadable', message });
  });
}
