import { EVENT, historyEvent } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { FinalStatus } from './instance.ts';
import { shownJson } from './shown-json.ts';

/** How a sub-orchestration ended. The output is JSON. */
type Outcome = { readonly status: FinalStatus; readonly output: string | null; readonly failureDetails?: unknown };

/** What a parent is told of the end of its sub-orchestration `taskId`. One that was terminated has failed for its parent. */
export function completionEvent(taskId: number, { status, output, failureDetails }: Outcome, at: number): HistoryEvent {
  if (status === 'Completed') return historyEvent(EVENT.SubOrchestrationCompleted, at, { TaskScheduledId: taskId, Result: output });
  const reason = output === null ? status : shownJson(output);
  const Reason = typeof reason === 'string' ? reason : JSON.stringify(reason);
  return historyEvent(EVENT.SubOrchestrationFailed, at, { TaskScheduledId: taskId, Reason, Details: '', FailureDetails: failureDetails });
}
