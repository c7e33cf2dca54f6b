import { eventName } from './event-name.ts';
import { EVENT } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';

/** A history that can be replayed past its failures, and the decisions that it no longer holds. */
export type Rewound = { readonly events: readonly HistoryEvent[]; readonly voided: readonly HistoryEvent[] };

const DECISIONS: ReadonlySet<number> = new Set([EVENT.TaskScheduled, EVENT.SubOrchestrationCreated, EVENT.TimerCreated, EVENT.EventSent]);
const FAILURES: ReadonlySet<number> = new Set([EVENT.TaskFailed, EVENT.SubOrchestrationFailed]);
const COMPLETIONS: ReadonlySet<number> = new Set([EVENT.TaskCompleted, EVENT.SubOrchestrationCompleted, EVENT.TimerFired]);

/**
 * Rewinds a history. Failures, and the activities that failed, become `GenericEvent`s, which replay ignores
 * (DurableTask.AzureStorage, `AzureTableTrackingStore.RewindHistoryAsync`); so does what never ended, and everything
 * that was decided after the first failure, because it may have been decided in answer to it: a retry's timer, a clean-up
 * (Azure/durabletask pull request 1391; without it, the rewound orchestration would fail as non-deterministic). Where no task
 * had failed, it is what was decided in the episode in which the code failed.
 * A sub-orchestration that failed or is open stays where `keeps` says that it will end by itself.
 */
export function rewindHistory(events: readonly HistoryEvent[], keeps: (created: HistoryEvent) => boolean): Rewound {
  const firstFailure = events.findIndex(({ EventType }) => FAILURES.has(EventType));
  const start = firstFailure >= 0 ? firstFailure : events.findLastIndex(({ EventType }) => EventType === EVENT.OrchestratorStarted);
  const completed = new Set(events.filter(({ EventType }) => COMPLETIONS.has(EventType)).map(taskOf));
  const voided = events.filter((event, index) => {
    if (!DECISIONS.has(event.EventType)) return false;
    if (index > start) return true;
    if (event.EventType === EVENT.EventSent || completed.has(event.EventId)) return false;
    return event.EventType !== EVENT.SubOrchestrationCreated || !keeps(event);
  });
  const ids = new Set(voided.map((event) => event.EventId));
  const isVoid = (event: HistoryEvent): boolean =>
    FAILURES.has(event.EventType) ||
    (DECISIONS.has(event.EventType) && ids.has(event.EventId)) ||
    (COMPLETIONS.has(event.EventType) && ids.has(taskOf(event) ?? -1));
  return { events: events.map((event) => (isVoid(event) ? asGeneric(event) : event)), voided };
}

function taskOf(event: HistoryEvent): number | undefined {
  return event.EventType === EVENT.TimerFired ? event.TimerId : event.TaskScheduledId;
}

function asGeneric(event: HistoryEvent): HistoryEvent {
  return { ...event, EventType: EVENT.GenericEvent, Reason: `Rewound: ${eventName(event.EventType)}` };
}
