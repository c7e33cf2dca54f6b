import type { PersonId } from '../../domain/ids.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { OperationDeps } from '../deps.ts';
import { lineMark, type PlannedWorkflow, readPerson } from './plan-body.ts';

/** The part of a plan that a run of a person carries out; undefined where the plan says nothing of that workflow, in that version, for them. */
export async function planPart(
  deps: Pick<OperationDeps, 'registry'>,
  planId: string,
  { personId, workflow, definitionHash }: Pick<Run, 'workflow' | 'definitionHash'> & { readonly personId: PersonId },
): Promise<PlannedWorkflow | undefined> {
  const line = await deps.registry.stores.plans.lineOf(planId, lineMark(personId));
  if (line === undefined) return undefined;
  return readPerson(line).workflows.find((one) => one.workflow === workflow && one.definitionHash === definitionHash);
}
