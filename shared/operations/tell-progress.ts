import type { Change } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { Passage } from '../gate/passage.ts';
import type { Run, RunState, StepRow } from '../ports/registry/runs.ts';
import { tellSpan } from '../telemetry/in-span.ts';
import { measure } from '../telemetry/measure.ts';
import { noteWork } from '../telemetry/work-at-hand.ts';
import type { OperationDeps } from './deps.ts';

/** Says whose run is at work, to every line of the log and to the span that is active. */
export function tellWork({ id, personId, workflow, lane }: Run): void {
  noteWork({ runId: id, personId });
  tellSpan({ 'gatehouse.run.id': id, 'gatehouse.person.id': personId, 'gatehouse.workflow': workflow, 'gatehouse.lane': lane });
}

const passing: ReadonlySet<StepRow['state']> = new Set(['waiting', 'parked']);

/** Tells how a step stands; once it has settled, as a line and a count. */
export function tellStep(
  { log }: OperationDeps,
  { workflow, lane }: Run,
  { task, state, gaps }: Pick<StepRow, 'task' | 'state' | 'gaps'>,
): void {
  tellSpan({ 'gatehouse.step.state': state });
  if (passing.has(state)) return;
  measure('gatehouse.steps', 1, { workflow, task, state });
  log.info('A step settled.', { workflow, lane, task, state, gaps });
}

/** Tells each change that did not come through, by the other system's own code and request id. */
export function tellTroubles({ log }: OperationDeps, changes: readonly Change[], passages: readonly Passage[]): void {
  for (const [index, passage] of passages.entries()) {
    if (passage.is !== 'outcome' || (passage.outcome.is !== 'failed' && passage.outcome.is !== 'unknown')) continue;
    const { is: outcome, problem } = passage.outcome;
    const error = new GatehouseError(problem.code, problem.message, problem);
    log.warn('A change did not come through.', { target: changes[index]?.target, outcome, error });
  }
}

/** Tells how a run ended. What closes access is timed from the moment at which the event came in that set it off. */
export async function tellRun({ log, registry, clock }: OperationDeps, run: Run, outcome: RunState): Promise<void> {
  const { workflow, lane, cause, createdAt } = run;
  tellSpan({ 'gatehouse.outcome': outcome });
  measure('gatehouse.runs', 1, { workflow, lane, outcome });
  const began = lane === 'contain' ? (await registry.stores.inbox.byId(cause))?.receivedAt : undefined;
  const seconds = (clock.now() - (began ?? createdAt)) / 1000;
  if (lane === 'contain') measure('gatehouse.containment.duration', seconds, { workflow, outcome });
  log.info('A run ended.', { workflow, lane, outcome, seconds });
}
