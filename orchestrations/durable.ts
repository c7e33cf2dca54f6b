import type { OrchestrationContext, Task } from 'durable-functions';
import type { Claim } from '../shared/operations/claim-run.ts';
import type { StepAnswer, StepInput } from '../shared/operations/perform-step.ts';
import type { RunInput } from '../shared/operations/start-runs.ts';
import type { SweepInput, SweepPages } from '../shared/operations/sweep/begin-sweep.ts';
import type { PageInput } from '../shared/operations/sweep/sweep-page.ts';

/** What an orchestrator is given. */
export type Context = OrchestrationContext;

/** An activity's word that it could not do its work now and is to be called again. */
export type Again = { readonly is: 'again'; readonly afterMs: number };

/** Every activity with what it takes and answers. Only ids and outcomes cross the durable history. */
type Activities = {
  'claim-run': { readonly input: RunInput; readonly output: Claim | Again };
  'perform-step': { readonly input: StepInput; readonly output: StepAnswer };
  'park-run': {
    readonly input: RunInput & { readonly dueAt: number; readonly note: string };
    readonly output: { readonly is: 'parked' } | Again;
  };
  'end-run': { readonly input: RunInput; readonly output: { readonly is: 'ended' } | Again };
  'begin-sweep': { readonly input: SweepInput; readonly output: SweepPages | Again };
  'sweep-page': { readonly input: PageInput; readonly output: { readonly is: 'swept' } | Again };
  'end-sweep': { readonly input: SweepInput; readonly output: { readonly is: 'ended' } | Again };
};
export type ActivityName = keyof Activities;

/** A generator that durable-functions replays: what it yields are tasks. */
export type Orchestration<Result> = Generator<Task, Result, unknown>;

/** Calls an activity once. */
function* call<Name extends ActivityName>(
  context: OrchestrationContext,
  name: Name,
  input: Activities[Name]['input'],
): Orchestration<Activities[Name]['output']> {
  return (yield context.df.callActivity(name, input)) as Activities[Name]['output'];
}

/** Calls an activity until it does not ask to be called again. */
export function* callUntilDone<Name extends ActivityName>(
  context: OrchestrationContext,
  name: Name,
  input: Activities[Name]['input'],
): Orchestration<Exclude<Activities[Name]['output'], Again>> {
  for (;;) {
    const answer = yield* call(context, name, input);
    if (answer.is !== 'again') return answer as Exclude<Activities[Name]['output'], Again>;
    yield* sleep(context, answer.afterMs);
  }
}

/** Performs steps side by side: one call of each, all waited for. */
export function* performAll(context: OrchestrationContext, inputs: readonly StepInput[]): Orchestration<readonly StepAnswer[]> {
  const tasks = inputs.map((input) => context.df.callActivity('perform-step', input));
  return (yield context.df.Task.all(tasks)) as readonly StepAnswer[];
}

/** Looks through pages of a sweep side by side, again those that ask for it, until each is done. */
export function* sweepPages(context: OrchestrationContext, inputs: readonly PageInput[]): Orchestration<void> {
  let pending = inputs;
  while (pending.length > 0) {
    const tasks = pending.map((input) => context.df.callActivity('sweep-page', input));
    const answers = (yield context.df.Task.all(tasks)) as readonly Activities['sweep-page']['output'][];
    pending = pending.filter((_, index) => answers[index]?.is === 'again');
    const waits = answers.filter((answer) => answer.is === 'again');
    if (waits.length > 0) yield* sleep(context, Math.max(...waits.map(({ afterMs }) => afterMs)));
  }
}

/** Sleeps in durable time. A fresh timer each time, never yielded twice and never cancelled, and short: longer waits are rows in the registry. */
export function* sleep(context: OrchestrationContext, ms: number): Orchestration<void> {
  const wakeAt = structuredClone(context.df.currentUtcDateTime);
  wakeAt.setTime(wakeAt.getTime() + ms);
  yield context.df.createTimer(wakeAt);
}
