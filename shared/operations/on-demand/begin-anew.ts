import type { PersonId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { Person } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { questionsAbout, supersede } from '../plan-runs.ts';
import { planAgain } from '../standing/replan.ts';

/**
 * Raises the epoch of a locked person as an event does: whatever is under way stops at its next step, and is planned again as it was, but for the runs whose place others take. Answers the new
 * epoch.
 */
export async function beginAnew(
  deps: OperationDeps,
  stores: Stores,
  personId: PersonId,
  isReplaced: (run: Run) => boolean,
): Promise<number> {
  const unfinished = await stores.runs.unfinishedOf(personId);
  const questions = await questionsAbout(stores, unfinished);
  const epoch = await supersede(deps, stores, personId);
  const setting = { personId, epoch, cause: '', askedBy: '', batchId: null, questions };
  for (const run of unfinished.filter((one) => !isReplaced(one))) await planAgain(deps, stores, run, setting);
  return epoch;
}

/** The person, theirs alone until the transaction ends. */
export async function lockPerson(stores: Stores, personId: PersonId): Promise<Person> {
  const person = await stores.people.lock(personId, 'update');
  if (person === undefined) throw new GatehouseError('not-found', `There is no person ${personId}.`);
  return person;
}

/** Throws `input-invalid` where nobody says why. */
export function needReason(reason: string): void {
  if (reason.trim() === '') throw new GatehouseError('input-invalid', 'reason: is missing; say why, for whoever reads the audit.');
}
