import { NonDeterministic, UnsupportedAction } from './decision.ts';
import type { Decision, Replayed } from './decision.ts';
import { EVENT } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import { ACTION } from './orchestrator-action.ts';
import type { OrchestratorAction, RetryOptions, SubOrchestratorAction } from './orchestrator-action.ts';

/** A timer longer than the first is cut into legs of the second, as the Azure Storage provider does; milliseconds. */
export const MAXIMUM_SHORT_TIMER_MS = 6 * 86_400_000;
export const LONG_TIMER_LEG_MS = 3 * 86_400_000;

type Done = (succeeded: boolean) => void;

const UNSUPPORTED: Readonly<Record<number, string>> = {
  [ACTION.CallEntity]: 'callEntity',
  [ACTION.CallHttp]: 'callHttp',
  [ACTION.SignalEntity]: 'signalEntity',
  [ACTION.LockEntities]: 'lock',
  [ACTION.ReleaseEntities]: 'the release of an entity lock',
};

const EVENT_OF: Readonly<Record<Decision['is'], number>> = {
  activity: EVENT.TaskScheduled,
  timer: EVENT.TimerCreated,
  sub: EVENT.SubOrchestrationCreated,
};

/**
 * Replays a history against the actions that the orchestrator function emitted, as the extension's
 * `OutOfProcOrchestrationShim` does on the task context of DurableTask.Core: top-level actions are awaited one after
 * the other, every task takes the next id when it begins, and what the history does not hold yet is a fresh decision.
 * Throws `NonDeterministic` or `UnsupportedAction`.
 */
export function replay(history: readonly HistoryEvent[], actions: readonly OrchestratorAction[], executionId: string): Replayed {
  return new Replay(actions, executionId).run(history);
}

class Replay {
  readonly #actions: readonly OrchestratorAction[];
  readonly #executionId: string;
  readonly #decided = new Map<number, Decision>();
  readonly #open = new Map<number, Done>();
  readonly #waits = new Map<string, Done[]>();
  readonly #early = new Map<string, number>();
  readonly #cancelled: number[] = [];
  #nextId = 0;
  #now = 0;
  #ended = false;
  #continueWith: string | undefined;

  constructor(actions: readonly OrchestratorAction[], executionId: string) {
    this.#actions = actions;
    this.#executionId = executionId;
  }

  run(history: readonly HistoryEvent[]): Replayed {
    for (const event of history) this.#apply(event);
    const fresh = [...this.#decided.values()].sort((a, b) => a.id - b.id);
    return { fresh, cancelledTimers: this.#cancelled, isSettled: this.#ended && this.#open.size === 0, continueWith: this.#continueWith };
  }

  #apply(event: HistoryEvent): void {
    switch (event.EventType) {
      case EVENT.OrchestratorStarted:
        this.#now = Date.parse(event.Timestamp);
        break;
      case EVENT.ExecutionStarted:
        this.#step(0);
        break;
      case EVENT.TaskScheduled:
      case EVENT.TimerCreated:
      case EVENT.SubOrchestrationCreated:
        this.#confirm(event);
        break;
      case EVENT.TaskCompleted:
      case EVENT.SubOrchestrationCompleted:
        this.#settle(event.TaskScheduledId, true);
        break;
      case EVENT.TaskFailed:
      case EVENT.SubOrchestrationFailed:
        this.#settle(event.TaskScheduledId, false);
        break;
      case EVENT.TimerFired:
        this.#settle(event.TimerId, true);
        break;
      case EVENT.EventRaised:
        this.#raise(event.Name ?? '');
        break;
      default:
        break;
    }
  }

  #step(index: number): void {
    const action = this.#actions[index];
    if (action) this.#begin(action, () => this.#step(index + 1));
    else this.#ended = true;
  }

  #begin(action: OrchestratorAction, done: Done): void {
    switch (action.actionType) {
      case ACTION.CallActivity:
        return this.#activity(action.functionName, action.input, done);
      case ACTION.CallActivityWithRetry:
        return this.#retry(action.retryOptions, (end) => this.#activity(action.functionName, action.input, end), done);
      case ACTION.CallSubOrchestrator:
        return this.#sub(action, done);
      case ACTION.CallSubOrchestratorWithRetry:
        return this.#retry(action.retryOptions, (end) => this.#sub(action, end), done);
      case ACTION.ContinueAsNew:
        this.#continueWith = JSON.stringify(action.input ?? null);
        return done(true);
      case ACTION.CreateTimer:
        return this.#createTimer(Date.parse(action.fireAt), action.isCanceled === true, done);
      case ACTION.WaitForExternalEvent:
        return this.#wait(action.externalEventName.toLowerCase(), done);
      case ACTION.WhenAny:
        return this.#whenAny(action.compoundActions, done);
      case ACTION.WhenAll:
        return this.#whenAll(action.compoundActions, done);
      default:
        throw new UnsupportedAction(
          `This host does not offer ${UNSUPPORTED[action.actionType] ?? 'this action'}. Use an activity instead.`,
        );
    }
  }

  #decide(decision: Decision, done: Done): void {
    this.#decided.set(decision.id, decision);
    this.#open.set(decision.id, done);
  }

  #activity(name: string, input: unknown, done: Done): void {
    this.#decide({ is: 'activity', id: this.#nextId++, name, input: inputText(input) }, done);
  }

  #sub(action: SubOrchestratorAction, done: Done): void {
    const id = this.#nextId++;
    const instanceId = action.instanceId || `${this.#executionId}:${id}`;
    const input = action.input === undefined ? null : JSON.stringify(action.input);
    this.#decide({ is: 'sub', id, name: action.functionName, instanceId, version: action.version ?? null, input }, done);
  }

  #timer(fireAt: number, done: Done): number {
    const id = this.#nextId++;
    this.#decide({ is: 'timer', id, fireAt }, done);
    return id;
  }

  #createTimer(fireAt: number, isCancelled: boolean, done: Done): void {
    const id = this.#leg(fireAt, MAXIMUM_SHORT_TIMER_MS, done);
    if (!isCancelled) return;
    this.#open.delete(id);
    this.#cancelled.push(id);
    done(false);
  }

  #leg(fireAt: number, longest: number, done: Done): number {
    const next = fireAt - this.#now > longest ? this.#now + LONG_TIMER_LEG_MS : fireAt;
    return this.#timer(next, () => {
      if (fireAt > this.#now) this.#leg(fireAt, LONG_TIMER_LEG_MS, done);
      else done(true);
    });
  }

  #retry(options: RetryOptions, call: (end: Done) => void, done: Done): void {
    const startedAt = this.#now;
    const attempt = (number: number): void =>
      call((succeeded) => {
        if (succeeded) return done(true);
        // The last failure, too, is followed by a timer, which fires at once: the library counts on its id.
        if (number >= options.maxNumberOfAttempts) return void this.#timer(this.#now, () => done(false));
        const limit = options.retryTimeoutInMilliseconds;
        if (limit && this.#now >= startedAt + limit) return done(false);
        this.#timer(this.#now + retryDelay(options, number), () => attempt(number + 1));
      });
    attempt(1);
  }

  #wait(name: string, done: Done): void {
    const early = this.#early.get(name) ?? 0;
    if (early > 0) {
      this.#early.set(name, early - 1);
      return done(true);
    }
    const waiting = this.#waits.get(name);
    if (waiting) waiting.push(done);
    else this.#waits.set(name, [done]);
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

  #settle(id: number | undefined, succeeded: boolean): void {
    const done = id === undefined ? undefined : this.#open.get(id);
    if (id === undefined || !done) return;
    this.#open.delete(id);
    done(succeeded);
  }

  #raise(name: string): void {
    const key = name.toLowerCase();
    // The newest wait is served first, on both sides.
    const done = this.#waits.get(key)?.pop();
    if (done) done(true);
    else this.#early.set(key, (this.#early.get(key) ?? 0) + 1);
  }

  #confirm(event: HistoryEvent): void {
    const decision = this.#decided.get(event.EventId);
    const now = decision ? describe(decision) : 'nothing';
    const before = `${EVENT_NAMES[event.EventType] ?? 'a task'}${event.Name ? ` "${event.Name}"` : ''}`;
    if (!decision || EVENT_OF[decision.is] !== event.EventType || now !== before) {
      throw new NonDeterministic(
        `Non-Deterministic workflow detected: the history holds ${before} as task ${event.EventId}, but the code now schedules ${now} there. Give changed code a new version or name.`,
      );
    }
    this.#decided.delete(event.EventId);
  }
}

const EVENT_NAMES: Readonly<Record<number, string>> = {
  [EVENT.TaskScheduled]: 'activity',
  [EVENT.TimerCreated]: 'a timer',
  [EVENT.SubOrchestrationCreated]: 'sub-orchestration',
};

function describe(decision: Decision): string {
  const name = decision.is === 'timer' ? '' : ` "${decision.name}"`;
  return `${EVENT_NAMES[EVENT_OF[decision.is]] ?? ''}${name}`;
}

// String inputs come as JSON already (durable-functions, `Utils.processInput`); everything else comes as a value.
function inputText(input: unknown): string | null {
  if (input === undefined || input === null) return null;
  return typeof input === 'string' ? input : JSON.stringify(input);
}

function retryDelay(options: RetryOptions, attempt: number): number {
  const delay = options.firstRetryIntervalInMilliseconds * Math.pow(options.backoffCoefficient ?? 1, attempt - 1);
  return Math.min(delay, options.maxRetryIntervalInMilliseconds ?? Infinity);
}
