import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { Activities } from './activities.ts';
import type { DurableFunctions } from './call-function.ts';
import type { Entities } from './entities/entities.ts';
import { entityIdOf } from './entities/entity-id.ts';
import { readEntityMessage } from './entities/entity-message.ts';
import { customStatusProblem } from './custom-status.ts';
import { decidedEvent } from './decided-event.ts';
import { EVENT, historyEvent } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { HistoryCache } from './history-cache.ts';
import type { LiveInstance } from './instance.ts';
import type { HubContext, Instances } from './instances.ts';
import type { OrchestratorState } from './orchestrator-action.ts';
import { reasonJson } from './reason-json.ts';
import type { Decision, Replayed } from './replay/decision.ts';
import { NonDeterministic } from './replay/decision.ts';
import { replay } from './replay/replay.ts';
import { failed, runOrchestrator } from './run-orchestrator.ts';
import { takeFresh } from './take-fresh.ts';
import type { Taken } from './take-fresh.ts';
import type { DurableTimers } from './timers.ts';
import { WorkQueue } from './work-queue.ts';

type Parts = {
  readonly context: HubContext;
  readonly instances: Instances;
  readonly activities: Activities;
  readonly timers: DurableTimers;
  readonly entities: Entities;
  readonly functions: DurableFunctions;
  readonly httpPollMs: number;
  readonly cache: HistoryCache;
  /** The version of sub-orchestrations that name none. */
  readonly defaultVersion: string;
};

/** What the orchestrator wants after an episode. */
type Verdict = { readonly state: OrchestratorState; readonly replayed: Replayed } | { readonly failure: string };

/** Runs episodes: an instance takes its new events, its orchestrator decides, and all of that is one transaction. Each instance has one episode at a time. */
export class Episodes {
  readonly #parts: Parts;
  readonly #queue: WorkQueue<LiveInstance>;

  constructor(parts: Parts, limit: number) {
    this.#parts = parts;
    this.#queue = new WorkQueue(limit, (instance) => this.#run(instance), parts.context.onBroken);
  }

  enqueue(instance: LiveInstance): void {
    instance.isBusy = true;
    // What has begun goes first: few instances are under way at a time, and their histories stay in memory until they end.
    if (instance.status === 'Pending') this.#queue.pushLast(instance);
    else this.#queue.push(instance);
  }

  /** None runs or waits to run. */
  isIdle(): boolean {
    return this.#queue.isIdle();
  }

  /** Starts nothing more; resolves when the episodes in flight have ended. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  async #run(instance: LiveInstance): Promise<void> {
    const hasRun = !instance.isGone && (await this.#episode(instance));
    instance.isBusy = false;
    if (instance.isGone) this.#parts.cache.forget(instance);
    else if (hasRun) this.#parts.instances.wake(instance);
  }

  /** One episode; false where there was nothing to do. */
  async #episode(instance: LiveInstance): Promise<boolean> {
    const { context, cache } = this.#parts;
    const taken = takeFresh(instance.inbox, instance.status === 'Suspended');
    if (taken.entries.length === 0) return false;
    instance.inbox = [...taken.kept];
    const history = cache.read(instance);
    const fresh = [historyEvent(EVENT.OrchestratorStarted, startOf(taken, context.now())), ...taken.entries.map((entry) => entry.event)];
    const verdict = taken.hasWork ? await this.#decide(instance, history, fresh) : undefined;
    if (instance.isGone) this.#parts.instances.discard(taken.entries);
    else this.#record(instance, taken, fresh, verdict);
    return true;
  }

  async #decide(
    instance: LiveInstance,
    history: { events: readonly HistoryEvent[]; texts: readonly string[] },
    fresh: readonly HistoryEvent[],
  ): Promise<Verdict> {
    const { functions, httpPollMs } = this.#parts;
    const answer = await runOrchestrator(functions, instance, { played: history.texts, fresh: fresh.map(openText) }, httpPollMs);
    if (answer.is === 'broken') return { failure: answer.reason };
    const { state } = answer;
    try {
      const problem = state.customStatus === undefined ? undefined : customStatusProblem(JSON.stringify(state.customStatus));
      if (problem !== undefined) throw new Error(problem);
      const emitted = { actions: state.actions.flat(), isOver: state.isDone || state.error !== undefined };
      const { id: instanceId, executionId } = instance;
      const replayed = replay([...history.events, ...fresh], emitted, { instanceId, executionId, httpPollMs });
      this.#requireEntities(replayed.fresh);
      return { state, replayed };
    } catch (error) {
      return { failure: error instanceof NonDeterministic ? error.message : failed(instance.name, messageOf(error)) };
    }
  }

  #requireEntities(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (decision.is !== 'send') continue;
      const message = readEntityMessage(decision.name, decision.input);
      const targets = (message.is === 'op' && message.body.lockset) || [entityIdOf(decision.instanceId)];
      for (const { name } of targets) {
        const fn = this.#parts.functions.find(name, 'entity');
        if ('missing' in fn) throw new Error(fn.missing);
      }
    }
  }

  /** Writes what the episode took in and decided, in the open batch. */
  #record(instance: LiveInstance, taken: Taken, fresh: HistoryEvent[], verdict: Verdict | undefined): void {
    const { context, cache, instances } = this.#parts;
    context.batch.open();
    const replayed = verdict && 'replayed' in verdict ? verdict.replayed : undefined;
    instances.discard(taken.entries);
    const at = context.now();
    const events = [
      ...fresh,
      ...(replayed?.fresh ?? []).map((decision) => decidedEvent(decision, at)),
      historyEvent(EVENT.OrchestratorCompleted, at),
    ];
    cache.append(instance, events);
    if (verdict && 'state' in verdict && verdict.state.customStatus !== undefined)
      instance.customStatus = JSON.stringify(verdict.state.customStatus);
    if (replayed) this.#carryOut(instance, replayed);
    instance.status = taken.isSuspended ? 'Suspended' : 'Running';
    this.#settle(instance, taken, verdict, at);
  }

  #carryOut(instance: LiveInstance, replayed: Replayed): void {
    const { activities, timers, entities } = this.#parts;
    const cancelled = new Set(replayed.cancelledTimers);
    for (const id of cancelled) timers.cancel(instance, id);
    for (const decision of replayed.fresh) {
      if (decision.is === 'activity') activities.schedule(instance, decision.id, decision.name, decision.input);
      else if (decision.is === 'sub') this.#startSub(instance, decision);
      else if (decision.is === 'send') entities.send(decision.instanceId, readEntityMessage(decision.name, decision.input));
      else if (!cancelled.has(decision.id)) timers.schedule(instance, decision.id, decision.fireAt);
    }
  }

  #startSub(instance: LiveInstance, decision: Decision & { is: 'sub' }): void {
    const { instances, context, defaultVersion } = this.#parts;
    const parent = { key: instance.key, id: instance.id, executionId: instance.executionId, taskId: decision.id };
    const version = decision.version ?? defaultVersion;
    if (instances.create({ id: decision.instanceId, name: decision.name, version, input: decision.input, parent })) return;
    const Reason = `An Orchestration instance with the ID '${decision.instanceId}' already exists and has not ended.`;
    instances.deliver(
      instance,
      historyEvent(EVENT.SubOrchestrationFailed, context.now(), { TaskScheduledId: decision.id, Reason, Details: '' }),
    );
  }

  #settle(instance: LiveInstance, taken: Taken, verdict: Verdict | undefined, at: number): void {
    const { instances, context } = this.#parts;
    if (taken.termination) return instances.finish(instance, 'Terminated', reasonJson(taken.termination.Input));
    if (verdict && 'failure' in verdict) return this.#fail(instance, verdict.failure);
    if (verdict?.replayed.isSettled) {
      const { state, replayed } = verdict;
      if (state.error !== undefined) return this.#fail(instance, failed(instance.name, state.error), state.failureDetails);
      if (replayed.continueWith !== undefined) return instances.renew(instance, replayed.continueWith, replayed.carriedOver);
      if (state.isDone) return instances.finish(instance, 'Completed', JSON.stringify(state.output ?? null));
    }
    context.rows.update(instance.key, { ...instance, output: null, updatedAt: at });
  }

  #fail(instance: LiveInstance, reason: string, failureDetails?: unknown): void {
    logLine('error', instance.name, `${instance.id}: ${reason}`);
    this.#parts.instances.finish(instance, 'Failed', JSON.stringify(reason), failureDetails);
  }
}

// An episode does not begin before what it takes in, also where the clock was put back: to the library, a timer that fired before its
// time is one leg of a long timer, and it would wait for another and mix up the results (`TaskOrchestrationExecutor.js`).
function startOf({ entries }: Taken, now: number): number {
  return entries.reduce((latest, { event }) => Math.max(latest, Date.parse(event.Timestamp)), now);
}

/** The JSON text of an event without its closing brace, to which `IsPlayed` is added when it is sent. */
function openText(event: HistoryEvent): string {
  return JSON.stringify(event).slice(0, -1);
}
