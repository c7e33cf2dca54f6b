import type { RunSteps, StepOfRun } from '../../../scripts/start/gatehouse-api.ts';

/** A step that was done 1.2 s after the run was made. */
export function aStep(stepId: string, change: Partial<StepOfRun> = {}): StepOfRun {
  return {
    stepId,
    task: stepId,
    state: 'done',
    summary: 'as planned',
    gaps: 0,
    lastAt: '2026-11-21T08:00:01.200Z',
    claim: null,
    changes: [],
    ...change,
  };
}

/** A run of the steps, done 1.2 s after it was made. */
export function aRun(workflow: string, steps: readonly StepOfRun[], change: Partial<RunSteps> = {}): RunSteps {
  return {
    id: 'r',
    personId: 'p',
    workflow,
    state: 'done',
    dueAt: '2026-11-21T08:00:00Z',
    createdAt: '2026-11-21T08:00:00Z',
    startedAt: '2026-11-21T08:00:00Z',
    endedAt: '2026-11-21T08:00:01.200Z',
    note: null,
    askedBy: 'source:generic',
    steps: [...steps],
    ...change,
  };
}
