import type { OperationDeps } from '../deps.ts';
import { raiseHold } from '../holds/raise-hold.ts';
import type { UnlinkedAccount } from './look-at-leavers.ts';

/** An open account with a leaver's worker id that is linked to nobody: a worker id only finds a candidate, so that people have to say whose it is. Asked once. */
export async function raiseUnlinked(deps: OperationDeps, { target, account, personId }: UnlinkedAccount): Promise<void> {
  const reference = `sweep/${target}/account/${account.id}`;
  await deps.registry.transaction(async (stores) => {
    if ((await stores.holds.openAbout(reference)).length > 0) return;
    const name = (await stores.people.byId(personId))?.displayName ?? 'somebody';
    const shown = account.displayName ?? account.id;
    const message = `The account ${shown} (${account.id}) in ${target} is enabled and carries the worker id ${account.employeeId ?? ''} of ${name}, who has left; it is linked to nobody. Disable it there, or take the worker id off it.`;
    await raiseHold(deps, stores, { kind: 'change', reference, personId, code: 'unlinked-account', message });
  });
}
