import { eventName } from './event-name.ts';
import { EVENT } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { InstanceRow } from './instance.ts';
import { shownJson } from './shown-json.ts';

/** What of a history is shown. */
export type HistoryViewOptions = { readonly showInput: boolean; readonly showOutput: boolean };

const BOOKKEEPING: ReadonlySet<number> = new Set([EVENT.OrchestratorStarted, EVENT.OrchestratorCompleted]);
const SCHEDULED: ReadonlySet<number> = new Set([EVENT.TaskScheduled, EVENT.SubOrchestrationCreated]);
const ENDED: ReadonlySet<number> = new Set([
  EVENT.TaskCompleted,
  EVENT.TaskFailed,
  EVENT.SubOrchestrationCompleted,
  EVENT.SubOrchestrationFailed,
]);
const INTERNAL: ReadonlySet<string> = new Set(['EventId', 'TaskScheduledId', 'TimerId', 'OrchestrationInstance', 'Version']);

/**
 * A history as the management API shows it (extension, `DurableClient.GetDurableOrchestrationStatusAsync`): the
 * scheduling of a task only until it has ended, then its end with the function's name and the time of scheduling;
 * inputs as JSON texts, results as values. The end of the instance, which stands in its row, is the last event.
 */
export function viewHistory(row: InstanceRow, events: readonly HistoryEvent[], options: HistoryViewOptions): readonly object[] {
  const scheduled = new Map(events.filter(({ EventType }) => SCHEDULED.has(EventType)).map((event) => [event.EventId, event]));
  const ended = new Set(events.filter(({ EventType }) => ENDED.has(EventType)).map((event) => event.TaskScheduledId));
  const shown = events
    .filter(({ EventType, EventId }) => !BOOKKEEPING.has(EventType) && !(SCHEDULED.has(EventType) && ended.has(EventId)))
    .map((event) => viewEvent(event, ENDED.has(event.EventType) ? scheduled.get(event.TaskScheduledId ?? -1) : undefined, options));
  return row.status === 'Completed' || row.status === 'Failed' ? [...shown, endOf(row, options)] : shown;
}

function viewEvent(event: HistoryEvent, origin: HistoryEvent | undefined, { showInput, showOutput }: HistoryViewOptions): object {
  const { Name, Input = origin?.Input, Result, ...rest } = event;
  const isStart = event.EventType === EVENT.ExecutionStarted;
  // JSON leaves out what is undefined.
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !INTERNAL.has(name))),
    EventType: eventName(event.EventType),
    Name: isStart ? undefined : Name,
    Input: showInput ? Input : undefined,
    Result: showOutput && Result !== undefined ? shownJson(Result) : undefined,
    ScheduledTime: origin?.Timestamp,
    FunctionName: isStart ? Name : origin?.Name,
  };
}

function endOf(row: InstanceRow, { showOutput }: HistoryViewOptions): object {
  return {
    EventType: 'ExecutionCompleted',
    OrchestrationStatus: row.status,
    Result: showOutput ? shownJson(row.output) : undefined,
    Timestamp: new Date(row.updatedAt).toISOString(),
  };
}
