import type { TargetId } from '../../domain/ids.ts';
import type { UserDelta } from '../../ports/readers/deltas.ts';
import type { OwnChange } from '../../ports/registry/graph-door.ts';
import type { OperationDeps } from '../deps.ts';
import type { Found } from './judged.ts';

/**
 * Says of users that are new and nobody's where they come from: from an account that is linked and that the sync carried over, from a create of ours whose link is not recorded yet
 * (nothing is said of those), or by somebody else's hand.
 */
export async function newcomers(
  deps: OperationDeps,
  { target, signal }: { readonly target: TargetId; readonly signal: AbortSignal },
  users: readonly UserDelta[],
): Promise<readonly Found[]> {
  if (users.length === 0) return [];
  const { graphDoor } = deps.registry.stores;
  const masters = await graphDoor.withAnchor(users.flatMap(({ anchor }) => anchor ?? []));
  const creating = await graphDoor.creating(target);
  const found: Found[] = [];
  for (const { id, anchor } of users) {
    const master = masters.find((link) => link.target !== target && link.anchor === anchor);
    if (master !== undefined) found.push({ kind: 'synced-account-appeared', object: id, other: null, personId: master.personId });
    else if (!(await isBeingCreated(deps, { target, signal, id }, creating)))
      found.push({ kind: 'account-appeared', object: id, other: null, personId: null });
  }
  return found;
}

type Newcomer = { readonly target: TargetId; readonly signal: AbortSignal; readonly id: string };

/** A create whose answer is still out, or lost, is known by the employee id that it wrote. */
async function isBeingCreated(deps: OperationDeps, { target, signal, id }: Newcomer, creating: readonly OwnChange[]): Promise<boolean> {
  if (creating.some(({ account }) => account === id)) return true;
  if (creating.length === 0) return false;
  const found = await deps.targets.get(target)?.reads.accounts?.byId(id, signal);
  return creating.some(({ change }) => change.do === 'create' && change.after['employeeId'] === found?.employeeId);
}
