import type { Lane, Run } from '../ports/registry/runs.ts';
import { pointSpan } from '../telemetry/in-span.ts';
import type { OperationDeps } from './deps.ts';

/** Starts durable instances. `exists` says that the id is taken: it was started before. `isUnderWay` says whether an instance still goes on. */
export type RunStarter = {
  start(instanceId: string, input: RunInput): Promise<'started' | 'exists'>;
  isUnderWay(instanceId: string): Promise<boolean>;
};
/**
 * All that crosses into durable history: ids, the lane, since containment goes first everywhere (without one it is `work`), and the trace that the steps belong to, so that orchestrators need not know of
 * it.
 */
export type RunInput = { readonly runId: string; readonly attempt: number; readonly lane?: Lane; readonly traceparent?: string };

const batch = 100;
/** How many runs of the lane `work` are worked on at once, in all processes. */
export const mostAtOnce = 40;
/** How many of them are under way with those that only wait, for a sync, say. */
const mostUnderWay = 400;
const mostRounds = 20;
/** A start that was heard of takes a moment. Repeating one that was is harmless: the instance is there, or the claim fails. */
const stuckAfterMs = 15_000;

/** Starts every run that is due and whose lane is free, and repeats starts that were not heard of again. Answers how many. */
export async function startRuns(deps: OperationDeps, starter: RunStarter): Promise<number> {
  const now = deps.clock.now();
  for (const run of await deps.registry.stores.runs.stuckStarting(now - stuckAfterMs, now, batch)) await startInstance(deps, starter, run);
  return (await startContaining(deps, starter, now)) + (await startWork(deps, starter, now));
}

async function startContaining(deps: OperationDeps, starter: RunStarter, now: number): Promise<number> {
  let started = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    const due = await deps.registry.stores.runs.startable(now, batch, 'contain');
    for (const id of due) started += (await startOne(deps, starter, id)) ? 1 : 0;
    if (due.length < batch) break;
  }
  return started;
}

/** Other work is not all begun at once, however much is due: it would stand in the way of whoever has to be contained. */
async function startWork(deps: OperationDeps, starter: RunStarter, now: number): Promise<number> {
  const room = await roomForWork(deps);
  let started = 0;
  for (const id of room <= 0 ? [] : await deps.registry.stores.runs.startable(now, room, 'work')) {
    started += (await startOne(deps, starter, id)) ? 1 : 0;
  }
  return started;
}

async function roomForWork({ registry }: OperationDeps): Promise<number> {
  const { inAll, waiting } = await registry.stores.runs.underWay('work');
  return Math.min(mostAtOnce - (inAll - waiting), mostUnderWay - inAll);
}

async function startOne(deps: OperationDeps, starter: RunStarter, id: string): Promise<boolean> {
  const run = await deps.registry.transaction((stores) => stores.runs.beginStart(id, deps.clock.now()));
  if (run !== undefined) await startInstance(deps, starter, run);
  return run !== undefined;
}

const quietForMs = 30 * 60_000;

/** Plans again what is called active but whose durable instance is over or gone: nothing stays “active” that nobody works on. Answers how many. */
export async function recoverRuns(deps: OperationDeps, starter: RunStarter): Promise<number> {
  const now = deps.clock.now();
  let recovered = 0;
  for (const run of await deps.registry.stores.runs.quiet(now - quietForMs, batch)) {
    if (await starter.isUnderWay(instanceId(run.id, run.attempt))) continue;
    const note = 'Its orchestration ended without a word; it is started again.';
    if (await deps.registry.transaction((stores) => stores.runs.park(run.id, run.attempt, now, note))) recovered += 1;
  }
  return recovered;
}

/** Starts the runs of one person that are due; what is no containment only while there is room. */
export async function startRunsOf(deps: OperationDeps, starter: RunStarter, personId: string): Promise<void> {
  const now = deps.clock.now();
  const planned = await deps.registry.stores.runs.list({ personId, state: 'planned', limit: 20 });
  for (const { id, lane } of planned.filter((run) => run.dueAt <= now)) {
    if (lane === 'contain' || (await roomForWork(deps)) > 0) await startOne(deps, starter, id);
  }
}

/** A start that fails is repeated when it is not heard of; it keeps no other run waiting. */
async function startInstance(deps: OperationDeps, starter: RunStarter, run: Run): Promise<void> {
  const { id: runId, attempt, lane } = run;
  const traceparent = runSpan(run);
  try {
    await starter.start(instanceId(runId, attempt), { runId, attempt, lane, ...(traceparent === undefined ? {} : { traceparent }) });
  } catch (error) {
    deps.log.warn('A run could not be started and is started again.', { runId, attempt, error });
  }
}

/** Stands for the attempt in the trace that the run was planned in, also where a timer starts it long after; its steps hang on it. */
function runSpan({ id, attempt, lane, workflow, personId, traceparent }: Run): string | undefined {
  const facts = {
    'gatehouse.run.id': id,
    'gatehouse.run.attempt': attempt,
    'gatehouse.lane': lane,
    'gatehouse.workflow': workflow,
    'gatehouse.person.id': personId,
  };
  return pointSpan({ name: `run ${workflow}`, facts, parent: traceparent });
}

/** Each attempt of a run is a durable instance of its own. */
export function instanceId(runId: string, attempt: number): string {
  return `${runId}.${attempt}`;
}
