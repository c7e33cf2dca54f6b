import type { PersonId } from '../../domain/ids.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';

const openAgain: ReadonlySet<string> = new Set(['joiner', 'rehire', 'withdrawn']);

/** Whether the run gives somebody access that HR says they are to have, and may begin: what a brake or a batch holds opens nothing yet. */
export function opensAgain({ trigger, state }: Pick<Run, 'trigger' | 'state'>): boolean {
  return openAgain.has(trigger) && state === 'planned';
}

/** Lifts HR's own locks on these people, in the caller's transaction; those of others stay. */
export async function liftHrLocks({ clock }: OperationDeps, stores: Stores, people: readonly PersonId[]): Promise<void> {
  const at = clock.now();
  const lifted = await stores.locks.lift(people, 'hr', 'gatehouse', at);
  const detail = { owner: 'hr', reason: 'HR says that they are to have access.' };
  await stores.audit.append(
    lifted.map((personId) => ({ at, actor: 'gatehouse', action: 'lock.lifted', personId, runId: null, target: null, detail })),
  );
}
