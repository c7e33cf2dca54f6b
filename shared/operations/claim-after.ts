import { GatehouseError } from '../errors.ts';
import type { CatalogTask } from '../tasks/catalog.ts';
import type { OwnRun } from '../tasks/task.ts';
import type { TaskStep } from '../workflows/definition.ts';
import type { OperationDeps } from './deps.ts';
import { sightOf } from './sight-of.ts';
import { subjectOf } from './subject-of.ts';
import type { StepResult } from './weigh-outcomes.ts';

/** The step's result with what its task claims of the person's access, where it says anything of that. What cannot be looked at is claimed to be open. */
export async function claimAfter(
  deps: OperationDeps,
  { step, run }: { readonly step: TaskStep; readonly run: OwnRun & { readonly personId: string } },
  result: StepResult,
  signal: AbortSignal,
): Promise<StepResult> {
  const task = taskOf(deps, step);
  if (task.claim === undefined) return result;
  try {
    const subject = await subjectOf(deps.registry, run.personId);
    const claim = await task.claim(step.with ?? {}, subject, sightOf(deps, subject, signal, run));
    return claim === undefined ? result : { ...result, claim };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const target = typeof step.with?.['target'] === 'string' ? step.with['target'] : '';
    return { ...result, claim: { target, is: 'open', claims: 'nothing: it could not be looked at again', remains: [error.message] } };
  }
}

/** The task that the step names; `config-invalid` where there is none. */
export function taskOf(deps: OperationDeps, step: TaskStep): CatalogTask {
  const task = deps.catalog.find(({ id }) => id === step.task);
  if (task === undefined) throw new GatehouseError('config-invalid', `There is no task “${step.task}”.`);
  return task;
}
