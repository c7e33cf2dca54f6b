import type { StepAnswer } from '../shared/operations/perform-step.ts';
import type { RunInput } from '../shared/operations/start-runs.ts';
import { callUntilDone, type Context, type Orchestration, performAll, sleep } from './durable.ts';

type Stage = { readonly is: 'settled'; readonly goOn: boolean } | { readonly is: 'superseded' } | { readonly is: 'parked' };

/** Carries out one attempt of a run, stage by stage, until it ends, is parked, or something newer takes over. */
export function* runWorkflow(context: Context): Orchestration<string> {
  const run = context.df.getInput<RunInput>();
  if (run === undefined) return 'no input';
  const claim = yield* callUntilDone(context, 'claim-run', run);
  if (claim.is === 'ended') return 'ended before it began';
  for (const steps of claim.stages) {
    const stage = yield* settle(context, run, steps);
    if (stage.is !== 'settled') return stage.is;
    if (!stage.goOn) break;
  }
  yield* callUntilDone(context, 'end-run', run);
  return 'ended';
}

/** Performs the steps of a stage again and again until each has settled, or all that is left has to wait for long. */
function* settle(context: Context, run: RunInput, steps: readonly string[]): Orchestration<Stage> {
  let pending = steps;
  let goOn = true;
  for (;;) {
    const answers = yield* performAll(
      context,
      pending.map((stepId) => ({ ...run, stepId })),
    );
    if (answers.some((answer) => answer.is === 'superseded')) return { is: 'superseded' };
    goOn = goOn && answers.every((answer) => answer.is !== 'settled' || answer.goOn);
    pending = pending.filter((_, index) => answers[index]?.is !== 'settled');
    if (pending.length === 0) return { is: 'settled', goOn };
    const waits = answers.filter((answer) => answer.is === 'again');
    if (waits.length === 0) return yield* park(context, run, answers);
    yield* sleep(context, Math.min(...waits.map((wait) => wait.afterMs)));
  }
}

function* park(context: Context, run: RunInput, answers: readonly StepAnswer[]): Orchestration<Stage> {
  const parked = answers.filter((answer) => answer.is === 'park');
  const [first] = parked.toSorted((one, other) => one.dueAt - other.dueAt);
  if (first !== undefined) yield* callUntilDone(context, 'park-run', { ...run, dueAt: first.dueAt, note: first.note });
  return { is: 'parked' };
}
