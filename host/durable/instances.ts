import { randomUUID } from 'node:crypto';
import type { WriteBatch } from '../data/write-batch.ts';
import { completionEvent } from './completion-event.ts';
import { EVENT, historyEvent } from './history-event.ts';
import type { HistoryEvent } from './history-event.ts';
import type { FinalStatus, InboxEntry, InstanceRow, LiveInstance, Parent } from './instance.ts';
import type { InstanceRows } from './instance-rows.ts';
import type { WorkRows } from './work-rows.ts';

/** What the engine's parts share: storage, the batch that groups their writes, and the clock (milliseconds since 1970). */
export type HubContext = {
  readonly rows: InstanceRows;
  readonly work: WorkRows;
  readonly batch: WriteBatch;
  readonly now: () => number;
  /** Called when a write failed: the process must end, and goes on from the last commit when it is started again. */
  readonly onBroken: (error: unknown) => void;
};

/** An instance to be created; input is JSON. */
export type NewInstance = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly input: string | null;
  readonly parent: Parent | null;
};

/** An id for an execution or an instance: 32 hexadecimal digits, as .NET writes `Guid.ToString("N")`. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** The instances that have not ended, in memory and in the database. Every change is written in the open batch. */
export class Instances {
  readonly #context: HubContext;
  readonly #onReady: (instance: LiveInstance) => void;
  readonly #onEnded: (instance: LiveInstance) => void;
  readonly #byId = new Map<string, LiveInstance>();
  readonly #byKey = new Map<number, LiveInstance>();

  /** `onReady` is told of each instance that has something to do and is not busy, `onEnded`, within the transaction, of each that has ended. */
  constructor(context: HubContext, onReady: (instance: LiveInstance) => void, onEnded: (instance: LiveInstance) => void) {
    this.#context = context;
    this.#onReady = onReady;
    this.#onEnded = onEnded;
  }

  /** Takes up what a host before this one left. */
  load(): void {
    for (const row of this.#context.rows.live()) this.#add({ ...row, hasTimers: true, ...idle() });
    for (const { seq, instanceKey, event } of this.#context.work.allInbox()) {
      const entry = { seq, event: JSON.parse(event) as HistoryEvent, isDiscarded: false };
      const inbox = this.#byKey.get(instanceKey)?.inbox;
      // A start comes first, also where events for the next execution were stored before it.
      if (!inbox) this.discard([entry]);
      else if (entry.event.EventType === EVENT.ExecutionStarted) inbox.unshift(entry);
      else inbox.push(entry);
    }
    for (const instance of this.#byId.values()) this.wake(instance);
  }

  find(id: string): LiveInstance | undefined {
    return this.#byId.get(id);
  }

  findByKey(key: number): LiveInstance | undefined {
    return this.#byKey.get(key);
  }

  /** Creates an instance in place of an ended one with its id; `undefined` where one with this id has not ended. */
  create(instance: NewInstance): LiveInstance | undefined {
    if (this.#byId.has(instance.id)) return undefined;
    const { rows, batch, now } = this.#context;
    batch.open();
    const ended = rows.find(instance.id);
    if (ended) this.erase(ended);
    const executionId = newId();
    const createdAt = now();
    const key = rows.insert({ ...instance, executionId, createdAt });
    const live: LiveInstance = {
      ...instance,
      key,
      executionId,
      createdAt,
      status: 'Pending',
      customStatus: null,
      hasTimers: false,
      ...idle(),
    };
    this.#add(live);
    this.#begin(live);
    return live;
  }

  /** Starts the next execution of an instance (`continueAsNew`) with a new input and an empty history; `carriedOver` are the first events for it. */
  renew(instance: LiveInstance, input: string, carriedOver: readonly HistoryEvent[]): void {
    const { rows, work, now } = this.#context;
    work.deleteHistory(instance.key);
    if (instance.hasTimers) work.deleteTimers(instance.key);
    Object.assign(instance, { executionId: newId(), input, episode: 0, history: { events: [], texts: [] }, hasTimers: false });
    rows.update(instance.key, { ...instance, output: null, updatedAt: now() });
    instance.inbox.unshift(...carriedOver.map((event) => this.#store(instance, event)));
    this.#begin(instance);
  }

  /** Takes an instance that has ended up again as pending, with the history given. */
  revive(row: InstanceRow, history: readonly HistoryEvent[]): LiveInstance {
    const { rows, work, batch, now } = this.#context;
    batch.open();
    work.deleteActivities(row.key);
    work.deleteHistory(row.key);
    work.addHistory(row.key, 0, JSON.stringify(history));
    const live: LiveInstance = { ...row, status: 'Pending', hasTimers: true, ...idle() };
    rows.update(row.key, { ...live, output: null, updatedAt: now() });
    this.#add(live);
    return live;
  }

  /** Puts an event into the inbox of an instance. */
  deliver(instance: LiveInstance, event: HistoryEvent): void {
    instance.inbox.push(this.#store(instance, event));
    this.wake(instance);
  }

  /** Has the instance run if it has something to do. */
  wake(instance: LiveInstance): void {
    if (!instance.isBusy && instance.inbox.length > 0) this.#onReady(instance);
  }

  /** Ends an instance, and tells its parent. The output is JSON; `failureDetails` are for the parent. */
  finish(instance: LiveInstance, status: FinalStatus, output: string | null, failureDetails?: unknown): void {
    const { rows, work, batch, now } = this.#context;
    batch.open();
    rows.update(instance.key, { ...instance, status, output, updatedAt: now() });
    this.#drop(instance);
    this.discard(instance.inbox);
    if (instance.hasTimers) work.deleteTimers(instance.key);
    this.#onEnded(instance);
    const parent = instance.parent && this.#byKey.get(instance.parent.key);
    if (!instance.parent || parent?.executionId !== instance.parent.executionId) return;
    const outcome = { status, output, failureDetails };
    this.deliver(parent, completionEvent(instance.parent.taskId, outcome, now()));
  }

  /** Removes events from the inbox. */
  discard(entries: readonly InboxEntry[]): void {
    if (entries.length > 0) this.#context.batch.open();
    for (const entry of entries) {
      entry.isDiscarded = true;
      if (entry.seq !== undefined) this.#context.work.deleteInbox(entry.seq);
    }
  }

  /** Removes an ended instance and its history. */
  erase(row: Pick<InstanceRow, 'key'>): void {
    const { rows, work, batch } = this.#context;
    batch.open();
    work.deleteHistory(row.key);
    rows.delete(row.key);
  }

  #begin(instance: LiveInstance): void {
    const { id: InstanceId, executionId: ExecutionId, name: Name, version: Version, input: Input } = instance;
    const event = historyEvent(EVENT.ExecutionStarted, this.#context.now(), {
      Name,
      Version,
      Input,
      OrchestrationInstance: { InstanceId, ExecutionId },
    });
    instance.inbox.unshift(this.#store(instance, event));
    this.wake(instance);
  }

  /** An event that an episode takes in before the commit needs no row: what came of it is in the same transaction. */
  #store(instance: LiveInstance, event: HistoryEvent): InboxEntry {
    const entry: InboxEntry = { event, seq: undefined, isDiscarded: false };
    const { batch, work } = this.#context;
    batch.beforeCommit(() => {
      if (!entry.isDiscarded) entry.seq = work.addInbox(instance.key, JSON.stringify(event));
    });
    return entry;
  }

  #add(instance: LiveInstance): void {
    this.#byId.set(instance.id, instance);
    this.#byKey.set(instance.key, instance);
  }

  #drop(instance: LiveInstance): void {
    instance.isGone = true;
    instance.history = undefined;
    this.#byId.delete(instance.id);
    this.#byKey.delete(instance.key);
  }
}

function idle(): Pick<LiveInstance, 'inbox' | 'episode' | 'history' | 'isBusy' | 'isGone'> {
  return { inbox: [], episode: 0, history: undefined, isBusy: false, isGone: false };
}
