import { setTimeout as pause } from 'node:timers/promises';
import { claimRun } from '../../shared/operations/claim-run.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { endRun } from '../../shared/operations/end-run.ts';
import { parkRun } from '../../shared/operations/park-run.ts';
import { performStep } from '../../shared/operations/perform-step.ts';
import type { RunInput } from '../../shared/operations/start-runs.ts';

type Stage = 'settled' | 'stopped' | 'superseded' | 'parked';

/** Carries a started run out as its orchestration would, step by step and without one, for tests of what the steps do. Answers how it ended. */
export async function carryOut(deps: OperationDeps, run: RunInput): Promise<string> {
  const claim = await claimRun(deps, run);
  if (claim.is === 'ended') return 'ended before it began';
  for (const stepId of claim.stages.flat()) {
    const stage = await settle(deps, run, stepId);
    if (stage === 'superseded' || stage === 'parked') return stage;
    if (stage === 'stopped') break;
  }
  return endRun(deps, run);
}

/** Begins the person's due runs and carries each out. */
export async function carryOutRunsOf(deps: OperationDeps, personId: string): Promise<readonly string[]> {
  const ends: string[] = [];
  for (const { id } of await deps.registry.stores.runs.list({ personId, state: 'planned', limit: 10 })) {
    const run = await deps.registry.transaction((stores) => stores.runs.beginStart(id, deps.clock.now()));
    if (run !== undefined) ends.push(await carryOut(deps, { runId: id, attempt: run.attempt }));
  }
  return ends;
}

const longestPauseMs = 300;

async function settle(deps: OperationDeps, run: RunInput, stepId: string): Promise<Stage> {
  for (;;) {
    const answer = await performStep(deps, { ...run, stepId });
    if (answer.is === 'settled') return answer.goOn ? 'settled' : 'stopped';
    if (answer.is === 'superseded') return 'superseded';
    if (answer.is === 'park') {
      await parkRun(deps, { ...run, dueAt: answer.dueAt, note: answer.note });
      return 'parked';
    }
    await pause(Math.min(answer.afterMs, longestPauseMs));
  }
}
