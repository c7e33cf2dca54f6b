import { randomUUID } from 'node:crypto';
import type { DurableFunctions } from '../call-function.ts';
import { EVENT, historyEvent } from '../history-event.ts';
import type { HubContext, Instances } from '../instances.ts';
import { WorkQueue } from '../work-queue.ts';
import { schedulerId } from './entity-id.ts';
import type { EntityId } from './entity-id.ts';
import { readEntityMessage } from './entity-message.ts';
import type { EntityMessage, RequestMessage } from './entity-message.ts';
import type { EntityRow, EntityRows } from './entity-rows.ts';
import { LockHolders } from './lock-holders.ts';
import { runOperations } from './run-operations.ts';
import type { OperationsOutcome } from './run-operations.ts';
import { takeMessages } from './take-messages.ts';
import type { QueuedMessage, TakenMessages } from './take-messages.ts';

/** What entities need; `limits` are host.json's. */
export type EntityParts = {
  readonly context: HubContext;
  readonly rows: EntityRows;
  readonly instances: Instances;
  readonly functions: DurableFunctions;
  readonly limits: { readonly maxConcurrentEntityFunctions: number; readonly maxEntityOperationBatchSize: number };
};

// An entity for which messages wait.
type BusyEntity = { readonly id: string; queue: QueuedMessage[]; isBusy: boolean };

/**
 * Runs entities: each takes its messages in order, one batch at a time, and what a batch comes to (its state, the
 * answers, signals to others, and that its messages are done) is one transaction, so an operation counts once.
 */
export class Entities {
  readonly #parts: EntityParts;
  readonly #queue: WorkQueue<BusyEntity>;
  readonly #waiting = new Map<string, BusyEntity>();
  readonly #holders = new LockHolders();

  constructor(parts: EntityParts) {
    this.#parts = parts;
    this.#queue = new WorkQueue(parts.limits.maxConcurrentEntityFunctions, (entity) => this.#run(entity), parts.context.onBroken);
  }

  /** Takes up what a host before this one left. */
  load(): void {
    for (const { id, lockedBy } of this.#parts.rows.locked()) this.#holders.set(id, lockedBy);
    for (const { seq, entityId, name, message } of this.#parts.rows.allMessages())
      this.#push(entityId, { seq, message: readEntityMessage(name, message) });
  }

  /** Stores a message for an entity in the open batch; the entity runs once that is committed. */
  send(id: string, message: EntityMessage): void {
    const { context, rows } = this.#parts;
    context.batch.open();
    const seq = rows.addMessage(id, message.is, JSON.stringify(message.body));
    context.batch.afterCommit(() => this.#push(id, { seq, message }));
  }

  /** Signals an entity from outside of any orchestration; input is JSON. */
  signal(target: EntityId, operation: string, input: string | null): void {
    const body = { op: operation, signal: true, id: randomUUID(), ...(input === null ? {} : { input }) };
    this.send(schedulerId(target), { is: 'op', body });
  }

  /** Releases whatever locks an orchestration holds that has ended without doing so. */
  releaseHeldBy(instanceId: string): void {
    for (const id of this.#holders.entitiesOf(instanceId)) this.send(id, { is: 'release', body: { parent: instanceId, id: '' } });
  }

  /** No entity runs or waits to run; one whose messages wait for a lock does not count. */
  isIdle(): boolean {
    return this.#queue.isIdle();
  }

  /** Starts nothing more; resolves when the batches in flight have ended. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  #push(id: string, message: QueuedMessage): void {
    const entity = this.#waiting.get(id) ?? { id, queue: [], isBusy: false };
    this.#waiting.set(id, entity);
    entity.queue.push(message);
    this.#wake(entity);
  }

  #wake(entity: BusyEntity): void {
    if (entity.isBusy) return;
    entity.isBusy = true;
    this.#queue.push(entity);
  }

  async #run(entity: BusyEntity): Promise<void> {
    const { rows, functions, limits } = this.#parts;
    const row = rows.find(entity.id) ?? { id: entity.id, exists: false, state: null, lockedBy: null, updatedAt: 0 };
    const taken = takeMessages(entity.queue, row.lockedBy, limits.maxEntityOperationBatchSize);
    const outcome =
      taken.operations.length > 0 ? await runOperations(functions, row, taken.operations) : { ...row, results: [], signals: [] };
    if (taken.seqs.length > 0) this.#record(row, taken, outcome);
    const done = new Set(taken.seqs);
    entity.queue = entity.queue.filter(({ seq }) => !done.has(seq));
    entity.isBusy = false;
    if (entity.queue.length === 0) this.#waiting.delete(entity.id);
    else if (done.size > 0) this.#wake(entity);
  }

  #record(row: EntityRow, taken: TakenMessages, outcome: OperationsOutcome): void {
    const { context, rows } = this.#parts;
    context.batch.open();
    for (const seq of taken.seqs) rows.deleteMessage(seq);
    const lockedBy = taken.lockRequest ? this.#grant(taken.lockRequest) : taken.lockedBy;
    rows.save({ id: row.id, exists: outcome.exists, state: outcome.state, lockedBy, updatedAt: context.now() });
    this.#holders.set(row.id, lockedBy);
    for (const [index, request] of taken.operations.entries()) {
      const { isError, result } = outcome.results[index] ?? { isError: true, result: null };
      if (request.signal !== true) this.#answer(request, { result, ...(isError ? { exceptionType: 'Error' } : {}) });
    }
    for (const { target, name, input } of outcome.signals) this.signal(target, name, input ?? null);
  }

  /** Hands a lock request on to the next entity, or answers it; nobody holds the lock where the orchestration has ended. */
  #grant(request: RequestMessage): string | null {
    const { parent, lockset = [], pos = 0 } = request;
    if (!this.#caller(request)) return null;
    const next = lockset[pos + 1];
    if (next) this.send(schedulerId(next), { is: 'op', body: { ...request, pos: pos + 1 } });
    else this.#answer(request, { result: 'Lock Acquisition Completed' });
    return parent ?? null;
  }

  #answer(request: RequestMessage, response: object): void {
    const caller = this.#caller(request);
    const fields = { Name: request.id, Input: JSON.stringify(response) };
    if (caller) this.#parts.instances.deliver(caller, historyEvent(EVENT.EventRaised, this.#parts.context.now(), fields));
  }

  #caller({ parent, parentExecution }: RequestMessage): ReturnType<Instances['find']> {
    const instance = parent === undefined ? undefined : this.#parts.instances.find(parent);
    return instance?.executionId === parentExecution ? instance : undefined;
  }
}
