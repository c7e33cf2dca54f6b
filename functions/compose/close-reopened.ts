import { GatehouseError } from '../../shared/errors.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { sweepPerson } from '../../shared/operations/sweep/sweep-person.ts';

/** Somebody who is to have no access was given some by others. Of a leaver it is taken away again; of somebody who is contained for another reason a person has to look. Throws where a target could not be asked. */
export async function closeReopened(deps: OperationDeps, personId: string): Promise<void> {
  const findings = await sweepPerson(deps, personId);
  if (findings.is === 'looked' && findings.unreadable.length > 0)
    throw new GatehouseError('target-unreachable', `Not all of their accounts could be read: ${findings.unreadable.join(', ')}.`);
  if (findings.is === 'looked') return;
  const { registry, clock, ids } = deps;
  const message = 'Somebody else gave access to a person who is to have none. Take it away again, or settle that it stays.';
  const hold = {
    id: ids.next(),
    at: clock.now(),
    kind: 'change',
    reference: personId,
    personId,
    code: 'access-reopened',
    message,
    approvals: 1,
  } as const;
  await registry.transaction((stores) => stores.holds.add(hold));
}
