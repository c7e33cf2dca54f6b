/** Numbers of the history events that the engine uses (DurableTask.Core, `History/EventType.cs`). */
export const EVENT = {
  ExecutionStarted: 0,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationCreated: 7,
  SubOrchestrationCompleted: 8,
  SubOrchestrationFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventSent: 14,
  EventRaised: 15,
  GenericEvent: 17,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

/**
 * An event of an instance's history, as `durable-functions` 3 reads it: PascalCase names, `Input` and `Result` as
 * JSON texts. `IsPlayed` is left out: it is no property of the event, it depends on the episode that reads it.
 */
export type HistoryEvent = {
  readonly EventType: number;
  readonly EventId: number;
  readonly Timestamp: string;
  readonly Name?: string;
  readonly Version?: string;
  readonly Input?: string | null;
  readonly Result?: string | null;
  readonly Reason?: string;
  readonly Details?: string;
  readonly FailureDetails?: unknown;
  readonly Data?: string;
  readonly TaskScheduledId?: number;
  readonly TimerId?: number;
  readonly FireAt?: string;
  readonly InstanceId?: string;
  readonly OrchestrationInstance?: { readonly InstanceId: string; readonly ExecutionId: string };
};

/** What makes one event differ from another: everything but its type, id and time. */
export type EventFields = Omit<HistoryEvent, 'EventType' | 'EventId' | 'Timestamp'>;

// Most events of a turn have the same time, and writing it down is a large part of making one.
let written = { at: Number.NaN, text: '' };

function timestamp(at: number): string {
  if (written.at !== at) written = { at, text: new Date(at).toISOString() };
  return written.text;
}

/** Makes an event at `at` (milliseconds since 1970); id −1 unless it is a decision of the orchestrator. */
export function historyEvent(type: number, at: number, fields: EventFields = {}, id = -1): HistoryEvent {
  return { EventType: type, EventId: id, Timestamp: timestamp(at), ...fields };
}
