import type { OperationDeps } from './deps.ts';
import type { RunInput } from './start-runs.ts';

/** Puts a run away until it is due: a row with a time, not a sleeping orchestration. Its lane is free meanwhile. */
export async function parkRun(
  deps: OperationDeps,
  { runId, attempt, dueAt, note }: RunInput & { readonly dueAt: number; readonly note: string },
): Promise<void> {
  await deps.registry.transaction((stores) => stores.runs.park(runId, attempt, dueAt, note));
  if (deps.gate.handOver === undefined) return;
  // What another process answered just before need not be waited for; what it answers from now on wakes the run.
  const { errands, runs } = deps.registry.stores;
  if (await errands.isAnswered(runId)) await runs.wakeRun(runId, deps.clock.now());
}
