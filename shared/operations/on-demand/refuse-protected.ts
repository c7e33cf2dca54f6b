import { GatehouseError } from '../../errors.ts';
import type { OperationDeps } from '../deps.ts';

const timeoutMs = 30_000;

/** Throws where nothing of a person may be taken back. */
export type MayUndo = (personId: string) => Promise<void>;

/** Throws `forbidden` where one of the person's accounts is protected: nothing of theirs is taken back by a machine. */
export async function refuseProtected(deps: OperationDeps, personId: string): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (const { target, nativeId } of await deps.registry.stores.links.of(personId)) {
    const isBreakGlass = deps.gate.policy.isBreakGlass(target, nativeId);
    const accounts = deps.targets.get(target)?.reads.accounts;
    const found = isBreakGlass ? undefined : await accounts?.byId(nativeId, signal);
    if (!isBreakGlass && (found === undefined || (await accounts?.isPrivileged(nativeId, signal)) !== true)) continue;
    throw new GatehouseError(
      'forbidden',
      `The account in ${target} is protected: what was done to it is taken back by hand, by two people.`,
    );
  }
}
