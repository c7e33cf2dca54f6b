import type { HistoryEvent } from '../history-event.ts';
import type { Decision } from './decision.ts';
import { requireSameDecision } from './require-same-decision.ts';

/** Called once when a task ends; `result` is its JSON where it has one. */
export type Done = (succeeded: boolean, result?: string | null) => void;

/** A sub-orchestration to be started; `input` is JSON. */
export type SubOrchestration = {
  readonly name: string;
  readonly instanceId: string | undefined;
  readonly version: string | null;
  readonly input: string | null;
};

/**
 * The numbers and open tasks of one execution (DurableTask.Core, `TaskOrchestrationContext.cs`): whatever begins takes
 * the next number, and what the history confirms is no fresh decision any more.
 */
export class TaskContext {
  readonly executionId: string;
  /** The time of the episode that is replayed; milliseconds since 1970. */
  now = 0;
  readonly #decided = new Map<number, Decision>();
  readonly #open = new Map<number, Done>();
  #nextId = 0;

  constructor(executionId: string) {
    this.executionId = executionId;
  }

  /** Decisions that the history has not confirmed, by ascending id. */
  get fresh(): readonly Decision[] {
    return [...this.#decided.values()].sort((a, b) => a.id - b.id);
  }

  get hasOpenTasks(): boolean {
    return this.#open.size > 0;
  }

  activity(name: string, input: string | null, done: Done): void {
    this.#begin({ is: 'activity', id: this.#nextId++, name, input }, done);
  }

  /** Without an id the sub-orchestration is named after the execution and its number. */
  sub({ name, instanceId, version, input }: SubOrchestration, done: Done): void {
    const id = this.#nextId++;
    this.#begin({ is: 'sub', id, name, instanceId: instanceId || `${this.executionId}:${id}`, version, input }, done);
  }

  timer(fireAt: number, done: Done): number {
    const id = this.#nextId++;
    this.#begin({ is: 'timer', id, fireAt }, done);
    return id;
  }

  /** A message to an entity. It takes a number, but nothing waits for it. */
  send(instanceId: string, name: 'op' | 'release', message: object): void {
    const id = this.#nextId++;
    this.#decided.set(id, { is: 'send', id, instanceId, name, input: JSON.stringify(message) });
  }

  /** Nothing waits for the timer any more. */
  abandonTimer(id: number): void {
    this.#open.delete(id);
  }

  /** Takes note of a decision that the history holds. Throws `NonDeterministic` where the code decides something else there. */
  confirm(event: HistoryEvent): void {
    this.#decided.delete(requireSameDecision(event, this.#decided.get(event.EventId)).id);
  }

  /** Ends an open task; what is not open, or not any more, is ignored. */
  settle(id: number | undefined, succeeded: boolean, result?: string | null): void {
    const done = id === undefined ? undefined : this.#open.get(id);
    if (id === undefined || !done) return;
    this.#open.delete(id);
    done(succeeded, result);
  }

  #begin(decision: Decision, done: Done): void {
    this.#decided.set(decision.id, decision);
    this.#open.set(decision.id, done);
  }
}
