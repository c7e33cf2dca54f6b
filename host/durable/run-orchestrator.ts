import { messageOf } from '../message-of.ts';
import type { DurableFunctions } from './call-function.ts';
import type { LiveInstance } from './instance.ts';
import { orchestratorState } from './orchestrator-action.ts';
import type { OrchestratorState } from './orchestrator-action.ts';
import { LONG_TIMER_LEG_MS, MAXIMUM_SHORT_TIMER_MS } from './replay/replay-timers.ts';

const FAILURE_LABEL = '\n\n$OutOfProcData$:';
const DAY_MS = 86_400_000;

// Fields that do not change. Replay schema V4 is 3.
const FIXED =
  `"upperSchemaVersion":1,"upperSchemaVersionNew":3,"longRunningTimerIntervalDuration":"${LONG_TIMER_LEG_MS / DAY_MS}.00:00:00",` +
  `"maximumShortTimerDuration":"${MAXIMUM_SHORT_TIMER_MS / DAY_MS}.00:00:00"`;

/** What an orchestrator function answered, or why it could not be run. */
export type OrchestratorAnswer =
  | { readonly is: 'state'; readonly state: OrchestratorState }
  | { readonly is: 'broken'; readonly reason: string };

/** The histories to run over: `played` are the texts of events that earlier episodes have seen, `fresh` those of this one, each without its closing brace. */
export type HistoryTexts = { readonly played: readonly string[]; readonly fresh: readonly string[] };

/**
 * Runs the orchestrator function over a history. `httpPollMs` is the pause between polls of `callHttp` where the server names none. The message is that of the durable extension to
 * `durable-functions` 3 (`Bindings/DurableOrchestrationContextValueBinder`, `OrchestrationTriggerAttributeBindingProvider.cs`).
 */
export async function runOrchestrator(
  functions: DurableFunctions,
  instance: LiveInstance,
  history: HistoryTexts,
  httpPollMs: number,
): Promise<OrchestratorAnswer> {
  const fn = functions.find(instance.name, 'orchestration');
  if ('missing' in fn) return { is: 'broken', reason: fn.missing };
  try {
    return parseState(await functions.call(fn, message(instance, history, httpPollMs)));
  } catch (error) {
    const text = messageOf(error);
    const at = text.indexOf(FAILURE_LABEL);
    // A failed orchestrator throws its state behind a label (durable-functions, `OrchestrationFailureError.js`).
    return at < 0 ? { is: 'broken', reason: failed(instance.name, text) } : thrownState(text.slice(at + FAILURE_LABEL.length));
  }
}

/** The words in which the extension reports a failed orchestrator. */
export function failed(name: string, message: string): string {
  return `Orchestrator function '${name}' failed: ${message}`;
}

function message(instance: LiveInstance, { played, fresh }: HistoryTexts, httpPollMs: number): string {
  const history = [...played.map((text) => `${text},"IsPlayed":true}`), ...fresh.map((text) => `${text},"IsPlayed":false}`)].join(',');
  const parentInstanceId = JSON.stringify(instance.parent?.id ?? null);
  return (
    `{"history":[${history}],"input":${instance.input ?? 'null'},"instanceId":${JSON.stringify(instance.id)},` +
    `"isReplaying":${played.length > 0},"parentInstanceId":${parentInstanceId},${FIXED},` +
    // The spelling is the extension's.
    `"defaultHttpAsyncRequestSleepTimeMillseconds":${httpPollMs}}`
  );
}

// The library leaves out an empty message. That something was thrown counts all the same.
function thrownState(json: string): OrchestratorAnswer {
  const answer = parseState(json);
  return answer.is === 'broken' ? answer : { is: 'state', state: { ...answer.state, error: answer.state.error ?? '' } };
}

function parseState(json: string | null): OrchestratorAnswer {
  const result = orchestratorState.safeParse(JSON.parse(json ?? 'null'));
  if (result.success) return { is: 'state', state: result.data };
  return {
    is: 'broken',
    reason: `The orchestrator answered in a form that this host does not know: ${result.error.issues[0]?.message ?? 'unknown'}.`,
  };
}
