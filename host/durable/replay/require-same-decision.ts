import { EVENT } from '../history-event.ts';
import type { HistoryEvent } from '../history-event.ts';
import { NonDeterministic } from './decision.ts';
import type { Decision } from './decision.ts';

const EVENT_OF: Readonly<Record<Decision['is'], number>> = {
  activity: EVENT.TaskScheduled,
  timer: EVENT.TimerCreated,
  sub: EVENT.SubOrchestrationCreated,
  send: EVENT.EventSent,
};

// The class names of DurableTask.Core, which its messages quote.
const ACTION_OF: Readonly<Record<Decision['is'], string>> = {
  activity: 'ScheduleTaskOrchestratorAction',
  timer: 'CreateTimerOrchestratorAction',
  sub: 'CreateSubOrchestrationAction',
  send: 'SendEventOrchestratorAction',
};

const QUESTION = 'Was a change made to the orchestrator code after this instance had already started running?';

/**
 * Throws `NonDeterministic` where the code does not decide again what the history holds; gives the decision. The
 * message is the one that a person knows from Azure (DurableTask.Core, `TaskOrchestrationContext.cs`, `Handle…Event`).
 */
export function requireSameDecision(event: HistoryEvent, decision: Decision | undefined): Decision {
  if (!decision) throw changed(`${before(event, 'ID')}, but the current replay execution hasn't (yet?) scheduled this task. `);
  if (EVENT_OF[decision.is] !== event.EventType) {
    const verb = decision.is === 'send' || event.EventType === EVENT.EventSent ? 'scheduled' : 'produced';
    const what = `${verb} a ${ACTION_OF[decision.is]} action with this sequence number. `;
    throw changed(`${before(event, 'number')}, but the current orchestration replay instead ${what}`);
  }
  const isSame = decision.is === 'timer' || decision.name.toLowerCase() === event.Name?.toLowerCase();
  if (isSame) return decision;
  const kind = KINDS[event.EventType] ?? 'a task';
  const what = `scheduled ${kind} named '${decision.name}' with this sequence number. `;
  throw changed(`${before(event, 'number')}, but the current orchestration replay instead ${what}`);
}

const KINDS: Readonly<Record<number, string>> = {
  [EVENT.TaskScheduled]: 'an activity task',
  [EVENT.TimerCreated]: 'a timer task',
  [EVENT.SubOrchestrationCreated]: 'a sub-orchestration task',
  [EVENT.EventSent]: 'a send event task',
};

function before(event: HistoryEvent, word: 'ID' | 'number'): string {
  const scheduled = `A previous execution of this orchestration scheduled ${KINDS[event.EventType] ?? 'a task'}`;
  const { EventId: id, Name: name = '', InstanceId: target = '' } = event;
  switch (event.EventType) {
    case EVENT.TaskScheduled:
      return word === 'ID'
        ? `${scheduled} with sequence ID ${id} and name '${name}' (version '')`
        : `${scheduled} with sequence number ${id} named '${name}'`;
    case EVENT.SubOrchestrationCreated:
      return `${scheduled} with sequence ID ${id} and name '${name}' (version '${event.Version ?? ''}', instance ID '${target}')`;
    case EVENT.EventSent:
      return `${scheduled} with sequence ID ${id}, type 'EventSent', name '${name}', instance ID '${target}'`;
    default:
      return `${scheduled} with sequence number ${id}`;
  }
}

function changed(text: string): NonDeterministic {
  return new NonDeterministic(`Non-Deterministic workflow detected: ${text}${QUESTION}`);
}
