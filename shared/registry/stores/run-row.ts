import type { Lane, Run, RunState } from '../../ports/registry/runs.ts';
import type { RunTable } from '../schema.ts';

/** A run as its row. */
export function toRunTable(run: Run): Omit<RunTable, 'starting_at'> {
  return {
    id: run.id,
    person_id: run.personId,
    workflow: run.workflow,
    definition_hash: run.definitionHash,
    lane: run.lane,
    epoch: run.epoch,
    state: run.state,
    due_at: run.dueAt,
    attempt: run.attempt,
    cause: run.cause,
    trigger: run.trigger,
    asked_by: run.askedBy,
    batch_id: run.batchId,
    plan_id: run.planId,
    released_by: run.releasedBy,
    traceparent: run.traceparent ?? null,
    created_at: run.createdAt,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    note: run.note,
  };
}

/** A row as its run. */
export function toRun(row: RunTable): Run {
  return {
    id: row.id,
    personId: row.person_id,
    workflow: row.workflow,
    definitionHash: row.definition_hash,
    lane: row.lane as Lane,
    epoch: row.epoch,
    state: row.state as RunState,
    dueAt: row.due_at,
    attempt: row.attempt,
    cause: row.cause,
    trigger: row.trigger,
    askedBy: row.asked_by,
    batchId: row.batch_id,
    planId: row.plan_id,
    releasedBy: row.released_by,
    traceparent: row.traceparent,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    note: row.note,
  };
}
