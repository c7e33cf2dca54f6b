import type { Worker } from '../../domain/worker.ts';
import type { TriggerEvent } from '../../workflows/definition.ts';
import { dueAt } from '../../workflows/due-at.ts';
import type { MatchedWorkflow, OperationDeps } from '../deps.ts';

/** The workflows that a trigger sets off for a worker whose access ends at `endsAt`, each with the time at which it is due; those that come too late are left out. */
export function workflowsDue(
  deps: OperationDeps,
  trigger: TriggerEvent,
  worker: Worker,
  endsAt: number | null,
): readonly MatchedWorkflow[] {
  const { rules, clock } = deps;
  const { createDaysBefore } = rules.calendar;
  const when = { hireDate: worker.hireDate, endsAt, now: clock.now(), zone: rules.zoneOf(worker), createDaysBefore };
  return rules.workflowsFor(trigger, worker).flatMap((workflow) => {
    const due = dueAt(workflow.definition, when);
    return due === undefined ? [] : [{ ...workflow, dueAt: due }];
  });
}
