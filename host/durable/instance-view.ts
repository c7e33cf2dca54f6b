import { EVENT } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { InstanceRow } from './instance.ts';

/** What of an instance is shown besides its status. */
export type ViewOptions = {
  readonly showInput: boolean;
  readonly history: readonly HistoryEvent[] | undefined;
  readonly showHistoryOutput: boolean;
};

const NAMES: Readonly<Record<number, string>> = Object.fromEntries(Object.entries(EVENT).map(([name, type]) => [type, name]));

const NAMES_OF_SUBS: Readonly<Record<string, string>> = {
  SubOrchestrationCompleted: 'SubOrchestrationInstanceCompleted',
  SubOrchestrationFailed: 'SubOrchestrationInstanceFailed',
};

// Bookkeeping that the extension leaves out of what it shows (`HttpApiHandler.cs`, `DurableOrchestrationStatus`).
const HIDDEN: ReadonlySet<number> = new Set([
  EVENT.OrchestratorStarted,
  EVENT.OrchestratorCompleted,
  EVENT.TaskScheduled,
  EVENT.TimerCreated,
  EVENT.SubOrchestrationCreated,
]);

/** An instance as the management API shows it (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#get-instance-status). */
export function viewInstance(row: InstanceRow, options: ViewOptions): object {
  return {
    name: row.name,
    instanceId: row.id,
    runtimeStatus: row.status,
    input: options.showInput ? parsed(row.input) : null,
    customStatus: parsed(row.customStatus),
    output: parsed(row.output),
    createdTime: seconds(row.createdAt),
    lastUpdatedTime: seconds(row.updatedAt),
    ...(options.history ? { historyEvents: viewHistory(options.history, options.showHistoryOutput) } : {}),
  };
}

function viewHistory(events: readonly HistoryEvent[], showOutput: boolean): readonly object[] {
  const scheduled = new Map(events.filter((event) => event.EventId >= 0).map((event) => [event.EventId, event]));
  return events.filter((event) => !HIDDEN.has(event.EventType)).map((event) => viewEvent(event, scheduled, showOutput));
}

function viewEvent(event: HistoryEvent, scheduled: ReadonlyMap<number, HistoryEvent>, showOutput: boolean): object {
  const name = NAMES[event.EventType] ?? String(event.EventType);
  const origin = scheduled.get(event.TaskScheduledId ?? event.TimerId ?? -1);
  const FunctionName = event.EventType === EVENT.ExecutionStarted ? event.Name : origin?.Name;
  const isRaised = event.EventType === EVENT.EventRaised;
  // JSON leaves out what is undefined.
  return {
    EventType: NAMES_OF_SUBS[name] ?? name,
    Result: showOutput && event.Result !== undefined ? parsed(event.Result) : undefined,
    Reason: event.Reason,
    FireAt: event.FireAt,
    Name: isRaised ? event.Name : undefined,
    Input: isRaised && showOutput ? parsed(event.Input ?? null) : undefined,
    Timestamp: event.Timestamp,
    ScheduledTime: origin?.Timestamp,
    FunctionName,
  };
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}

function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
