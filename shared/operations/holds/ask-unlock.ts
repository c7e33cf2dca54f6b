import { GatehouseError } from '../../errors.ts';
import type { LockOwner } from '../../ports/registry/locks.ts';
import type { OperationDeps } from '../deps.ts';
import { type Decided } from './decision.ts';
import { resumeHold } from './decide-hold.ts';

/** Who asks for a lock to be lifted, whose, and why. */
export type Unlocking = {
  readonly personId: string;
  readonly owner: LockOwner;
  readonly actor: string;
  readonly oid: string | undefined;
  readonly reason: string;
};

/**
 * Asks that a containment lock be lifted, and is the first of the two who have to agree. HR's own is lifted by what HR says of the person, but two people may lift it too. Throws `not-found` where there is
 * no such lock.
 */
export async function askUnlock(deps: OperationDeps, { personId, owner, actor, oid, reason }: Unlocking): Promise<Decided> {
  const holdId = await deps.registry.transaction(async (stores) => {
    const lock = (await stores.locks.of(personId)).find((one) => one.owner === owner);
    if (lock === undefined) throw new GatehouseError('not-found', `There is no lock of owner “${owner}” on this person.`);
    const reference = `${personId}/${owner}`;
    const open = (await stores.holds.open(1000)).find((hold) => hold.kind === 'lock' && hold.reference === reference);
    if (open !== undefined) return open.id;
    const id = deps.ids.next();
    const message = `${actor} asks to lift the lock of ${owner} (${lock.reason}): ${reason}`;
    await stores.holds.add({ id, at: deps.clock.now(), kind: 'lock', reference, personId, code: 'unlock', message, approvals: 2 });
    return id;
  });
  return resumeHold(deps, { holdId, actor, oid, reason });
}
