import { createRequire } from 'node:module';
import { DummyOrchestrationContext } from 'durable-functions';
import { z } from 'zod';
import { runWorkflow } from '../../orchestrations/run-workflow.ts';
import type { RecordedHistory } from './recorded-history.ts';

// What `app.orchestration` wraps an orchestrator in (durable-functions 3.5, `app.js`); its index does not export it.
const library: { createOrchestrator(orchestrator: typeof runWorkflow): (trigger: object, context: object) => Promise<unknown> } =
  createRequire(import.meta.url)('durable-functions/lib/src/util/testingUtils.js');
const orchestrate = library.createOrchestrator(runWorkflow);

/** One thing that the orchestrator decided: an activity with its input, or a timer with its time. */
export type Action = { readonly activity: string; readonly input: unknown } | { readonly timer: string };

type Raw = {
  readonly actionType: number;
  readonly functionName?: string | undefined;
  readonly input?: unknown;
  readonly fireAt?: string | undefined;
  readonly compoundActions?: readonly Raw[] | undefined;
};
const raw: z.ZodType<Raw> = z.lazy(() =>
  z.object({
    actionType: z.number(),
    functionName: z.string().optional(),
    input: z.unknown().optional(),
    fireAt: z.string().optional(),
    compoundActions: z.array(raw).optional(),
  }),
);
const state = z.object({
  isDone: z.boolean(),
  output: z.unknown().optional(),
  error: z.string().optional(),
  actions: z.array(z.array(raw)),
});

/** Replays the first `count` events of a history through the real library: what the orchestrator has decided by then, and what it answered if it has ended. */
export async function replayHistory(
  { instanceId, input, events }: RecordedHistory,
  count = events.length,
): Promise<{ readonly actions: readonly Action[]; readonly output: unknown }> {
  const history = events.slice(0, count).map((event) => ({ ...event, IsPlayed: true }));
  const trigger = {
    history,
    input,
    instanceId,
    isReplaying: true,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 2,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  };
  const answer = await orchestrate(trigger, new DummyOrchestrationContext('run-workflow', instanceId));
  // As it goes over the wire: times become texts.
  const { error, actions, isDone, output } = state.parse(JSON.parse(JSON.stringify(answer)));
  if (error !== undefined) throw new Error(`The orchestrator failed: ${error}`);
  return { actions: actions.flat().flatMap(flat), output: isDone ? output : undefined };
}

function flat({ functionName, input, fireAt, compoundActions }: Raw): readonly Action[] {
  if (compoundActions !== undefined) return compoundActions.flatMap(flat);
  return fireAt === undefined
    ? [{ activity: functionName ?? '', input: typeof input === 'string' ? JSON.parse(input) : input }]
    : [{ timer: new Date(fireAt).toISOString() }];
}
