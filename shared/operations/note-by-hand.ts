import { GatehouseError } from '../errors.ts';
import type { AccountView } from './account-views.ts';
import type { OperationDeps } from './deps.ts';
import type { Looks } from './looks/looks.ts';

/** What somebody did to a person's accounts without Gatehouse, and when. */
export type DoneByHand = { readonly personId: string; readonly did: string; readonly doneAt: number; readonly actor: string };

/**
 * Writes down what was done by hand while Gatehouse was not there to do it, together with what the targets show of the accounts now, so that the audit has both the word and the look. Nothing is changed.
 * Throws `input-invalid` for what lies ahead.
 */
export async function noteByHand(
  deps: Pick<OperationDeps, 'registry' | 'clock'>,
  looks: Looks,
  { personId, did, doneAt, actor }: DoneByHand,
): Promise<readonly AccountView[]> {
  const { registry, clock } = deps;
  const at = clock.now();
  if (doneAt > at) throw new GatehouseError('input-invalid', 'at has to be when it was done, which is not ahead.');
  const accounts = await looks.accounts(personId);
  const seen = accounts.map(({ target, nativeId, actual }) => ({ target, nativeId, ...shown(actual) }));
  const detail = { note: did, doneAt: new Date(doneAt).toISOString(), seen };
  await registry.transaction(({ audit }) =>
    audit.append([{ at, actor, action: 'done-by-hand', personId, runId: null, target: null, detail }]),
  );
  return accounts;
}

function shown(actual: AccountView['actual']): Readonly<Record<string, unknown>> {
  return actual.is === 'seen' ? { is: actual.is, enabled: actual.enabled } : { is: actual.is };
}
