import { GatehouseError } from '../../errors.ts';
import type { OperationDeps } from '../deps.ts';

/** Pauses all writing, or ends the pause and has what waits for it go on. Whoever does so says why; both stand in the audit. */
export async function setPause(
  deps: OperationDeps,
  { isOn, actor, reason }: { readonly isOn: boolean; readonly actor: string; readonly reason: string },
): Promise<void> {
  if (reason.trim() === '') throw new GatehouseError('input-invalid', 'reason: is missing; say why, for whoever reads the audit.');
  const at = deps.clock.now();
  await deps.registry.transaction(async (stores) => {
    await stores.switches.setPause(isOn ? { by: actor, reason, since: at } : null);
    if (!isOn) await stores.runs.wakePaused(at);
    const action = isOn ? 'gate.paused' : 'gate.resumed';
    await stores.audit.append([{ at, actor, action, personId: null, runId: null, target: null, detail: { reason } }]);
  });
}
