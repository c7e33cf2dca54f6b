import { EVENT } from '../history-event.ts';
import type { HistoryEvent } from '../history-event.ts';
import { ACTION } from '../orchestrator-action.ts';
import type { OrchestratorAction, SubOrchestratorAction } from '../orchestrator-action.ts';
import { callHttp } from './call-http.ts';
import type { Replayed } from './decision.ts';
import { EntityCalls } from './entity-calls.ts';
import { ExternalEvents } from './external-events.ts';
import { ReplayTimers } from './replay-timers.ts';
import { retryTask } from './retry-task.ts';
import { TaskContext } from './task-context.ts';
import type { Done } from './task-context.ts';

/** All that an orchestrator function has emitted so far; `isOver` where it has returned, thrown, or asked to continue as new. */
export type Emitted = { readonly actions: readonly OrchestratorAction[]; readonly isOver: boolean };

/** The execution that is replayed. `httpPollMs` is the pause between polls of `callHttp` where the server names none. */
export type Execution = { readonly instanceId: string; readonly executionId: string; readonly httpPollMs: number };

/**
 * Replays a history against the actions that the orchestrator function emitted, as the extension's
 * `OutOfProcOrchestrationShim` does on the task context of DurableTask.Core: top-level actions are awaited one after
 * the other, every task takes the next id when it begins, and what the history does not hold yet is a fresh decision.
 * Throws `NonDeterministic`.
 */
export function replay(history: readonly HistoryEvent[], emitted: Emitted, execution: Execution): Replayed {
  return new Replay(emitted, execution).run(history);
}

class Replay {
  readonly #emitted: Emitted;
  readonly #httpPollMs: number;
  readonly #context: TaskContext;
  readonly #events = new ExternalEvents();
  readonly #timers: ReplayTimers;
  readonly #entities: EntityCalls;
  readonly #carriedOver: HistoryEvent[] = [];
  #ended = false;
  #continueWith: string | undefined;

  constructor(emitted: Emitted, { instanceId, executionId, httpPollMs }: Execution) {
    this.#emitted = emitted;
    this.#httpPollMs = httpPollMs;
    this.#context = new TaskContext(executionId);
    this.#timers = new ReplayTimers(this.#context);
    this.#entities = new EntityCalls(this.#context, this.#events, instanceId);
  }

  run(history: readonly HistoryEvent[]): Replayed {
    for (const event of history) this.#apply(event);
    const { fresh, hasOpenTasks } = this.#context;
    const isSettled = this.#ended && !hasOpenTasks;
    return { fresh, cancelledTimers: this.#timers.cancelled, isSettled, continueWith: this.#continueWith, carriedOver: this.#carriedOver };
  }

  #apply(event: HistoryEvent): void {
    switch (event.EventType) {
      case EVENT.OrchestratorStarted:
        this.#context.now = Date.parse(event.Timestamp);
        break;
      case EVENT.ExecutionStarted:
        this.#step(0);
        break;
      case EVENT.TaskScheduled:
      case EVENT.TimerCreated:
      case EVENT.SubOrchestrationCreated:
      case EVENT.EventSent:
        this.#context.confirm(event);
        break;
      case EVENT.TaskCompleted:
      case EVENT.SubOrchestrationCompleted:
        this.#context.settle(event.TaskScheduledId, true, event.Result);
        break;
      case EVENT.TaskFailed:
      case EVENT.SubOrchestrationFailed:
        this.#context.settle(event.TaskScheduledId, false);
        break;
      case EVENT.TimerFired:
        this.#context.settle(event.TimerId, true);
        break;
      case EVENT.EventRaised:
        this.#raise(event);
        break;
      default:
        break;
    }
  }

  // DurableTask.Core, `HandleEventRaisedEvent`: once it continues as new, what comes in is for the next execution.
  #raise(event: HistoryEvent): void {
    if (this.#continueWith === undefined) this.#events.raise(event.Name ?? '');
    else this.#carriedOver.push(event);
  }

  // A loop, not a recursion, over what ends at once: an orchestrator may send thousands of signals in a row.
  #step(from: number): void {
    const { actions, isOver } = this.#emitted;
    for (let index = from; index < actions.length; index += 1) {
      const action = actions[index];
      if (!action) break;
      let hasEnded = false;
      let isLater = false;
      this.#begin(action, () => {
        hasEnded = true;
        if (isLater) this.#step(index + 1);
      });
      isLater = true;
      if (!hasEnded) return;
    }
    this.#ended = true;
    if (isOver) this.#entities.release();
  }

  #begin(action: OrchestratorAction, done: Done): void {
    const context = this.#context;
    switch (action.actionType) {
      case ACTION.CallActivity:
        return context.activity(action.functionName, inputText(action.input), done);
      case ACTION.CallActivityWithRetry:
        return retryTask(context, action.retryOptions, (end) => context.activity(action.functionName, inputText(action.input), end), done);
      case ACTION.CallSubOrchestrator:
        return context.sub(subOf(action), done);
      case ACTION.CallSubOrchestratorWithRetry:
        return retryTask(context, action.retryOptions, (end) => context.sub(subOf(action), end), done);
      case ACTION.ContinueAsNew:
        this.#continueWith = JSON.stringify(action.input ?? null);
        return done(true);
      case ACTION.CreateTimer:
        return this.#timers.create(Date.parse(action.fireAt), action.isCanceled === true, done);
      case ACTION.WaitForExternalEvent:
        return this.#events.wait(action.externalEventName, () => done(true));
      case ACTION.CallHttp:
        return callHttp(context, action.httpRequest, this.#httpPollMs, done);
      case ACTION.WhenAny:
        return this.#whenAny(action.compoundActions, done);
      case ACTION.WhenAll:
        return this.#whenAll(action.compoundActions, done);
      default:
        return this.#beginWithEntity(action, done);
    }
  }

  #beginWithEntity(action: OrchestratorAction & { actionType: 7 | 9 | 13 | 14 }, done: Done): void {
    switch (action.actionType) {
      case ACTION.CallEntity:
        return this.#entities.call({ ...action, target: action.instanceId }, done);
      case ACTION.SignalEntity:
        this.#entities.signal({ ...action, target: action.instanceId });
        return done(true);
      case ACTION.LockEntities:
        return this.#entities.lock(action.lockSet, action.lockRequestId, done);
      case ACTION.ReleaseEntities:
        this.#entities.release();
        return done(true);
    }
  }

  #whenAny(actions: readonly OrchestratorAction[], done: Done): void {
    let isDone = false;
    for (const action of actions)
      this.#begin(action, () => {
        if (isDone) return;
        isDone = true;
        done(true);
      });
  }

  #whenAll(actions: readonly OrchestratorAction[], done: Done): void {
    let left = actions.length;
    for (const action of actions)
      this.#begin(action, () => {
        left -= 1;
        if (left === 0) done(true);
      });
  }
}

function subOf(action: SubOrchestratorAction): Parameters<TaskContext['sub']>[0] {
  const input = action.input === undefined ? null : JSON.stringify(action.input);
  return { name: action.functionName, instanceId: action.instanceId ?? undefined, version: action.version ?? null, input };
}

// String inputs come as JSON already (durable-functions, `Utils.processInput`); everything else comes as a value.
function inputText(input: unknown): string | null {
  if (input === undefined || input === null) return null;
  return typeof input === 'string' ? input : JSON.stringify(input);
}
