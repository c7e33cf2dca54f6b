import type { GateRequest } from '../gate/gate-deps.ts';
import type { Run } from '../ports/registry/runs.ts';
import { isAgreed } from './holds/agreement.ts';

/** In whose name a step of the run asks the gate. */
export function requestOf(run: Run, stepId: string, signal: AbortSignal): GateRequest {
  return {
    runId: run.id,
    stepId,
    personId: run.personId,
    lane: run.lane,
    epoch: run.epoch,
    actor: `run:${run.id}`,
    released: run.releasedBy !== null,
    agreed: isAgreed(run),
    signal,
    privileged: new Map<string, Promise<boolean>>(),
  };
}
