import type { PersonId } from '../domain/ids.ts';
import type { Run } from '../ports/registry/runs.ts';
import { activeTraceparent } from '../telemetry/traceparent.ts';
import type { MatchedWorkflow, OperationDeps } from './deps.ts';

/** What sets a run off, for whom, at which of the person's epochs, why and asked for by whom. */
export type Wanted = {
  readonly workflow: MatchedWorkflow;
  readonly personId: PersonId;
  readonly epoch: number;
  readonly cause: string;
  readonly askedBy: string;
};

/** A planned run of a workflow, pinned to its version, due when the workflow says and not before now. */
export function runOf(deps: OperationDeps, { workflow, personId, epoch, cause, askedBy }: Wanted): Run {
  const now = deps.clock.now();
  return {
    id: deps.ids.next(),
    personId,
    workflow: workflow.id,
    definitionHash: workflow.hash,
    lane: workflow.definition.lane ?? 'work',
    epoch,
    state: 'planned',
    dueAt: Math.max(workflow.dueAt, now),
    attempt: 0,
    cause,
    trigger: workflow.definition.trigger.event,
    askedBy,
    batchId: null,
    planId: null,
    releasedBy: null,
    createdAt: now,
    startedAt: null,
    endedAt: null,
    note: null,
    traceparent: activeTraceparent() ?? null,
  };
}
