import { EVENT, historyEvent } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { Decision } from './replay/decision.ts';

/** The event by which the history holds a decision that was taken at `at` (milliseconds since 1970). */
export function decidedEvent(decision: Decision, at: number): HistoryEvent {
  const { id } = decision;
  switch (decision.is) {
    case 'activity': {
      const Input = decision.input === null ? null : `[${decision.input}]`;
      return historyEvent(EVENT.TaskScheduled, at, { Name: decision.name, Input }, id);
    }
    case 'timer':
      return historyEvent(EVENT.TimerCreated, at, { FireAt: new Date(decision.fireAt).toISOString() }, id);
    case 'sub': {
      const { name: Name, version, instanceId: InstanceId, input: Input } = decision;
      return historyEvent(EVENT.SubOrchestrationCreated, at, { Name, Version: version ?? '', InstanceId, Input }, id);
    }
    case 'send': {
      const { name: Name, instanceId: InstanceId, input: Input } = decision;
      return historyEvent(EVENT.EventSent, at, { Name, InstanceId, Input }, id);
    }
  }
}
