import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { DurableFunctions } from './call-function.ts';
import { failureDetailsIn } from './failure-details.ts';
import { EVENT, historyEvent } from './history-event.ts';
import { HTTP_ACTIVITY } from './http-call.ts';
import type { HistoryEvent } from './history-event.ts';
import type { LiveInstance } from './instance.ts';
import type { HubContext, Instances } from './instances.ts';
import { sendHttpRequest } from './send-http-request.ts';
import type { ActivityRow } from './work-rows.ts';
import { WorkQueue } from './work-queue.ts';

/** Runs scheduled activities, each at least once: its row goes in the transaction that stores its result. */
export class Activities {
  readonly #context: HubContext;
  readonly #instances: Instances;
  readonly #functions: DurableFunctions;
  readonly #queue: WorkQueue<ActivityRow>;

  constructor(context: HubContext, instances: Instances, functions: DurableFunctions, limit: number) {
    this.#context = context;
    this.#instances = instances;
    this.#functions = functions;
    this.#queue = new WorkQueue(limit, (row) => this.#run(row), context.onBroken);
  }

  /** Takes up what a host before this one left. */
  load(): void {
    for (const row of this.#context.work.allActivities()) this.#queue.push(row);
  }

  /** Stores an activity in the open batch; it starts once that is committed. */
  schedule(instance: LiveInstance, taskId: number, name: string, input: string | null): void {
    const row = { instanceKey: instance.key, executionId: instance.executionId, taskId, name, input };
    const seq = this.#context.work.addActivity(row);
    this.#context.batch.afterCommit(() => this.#queue.push({ ...row, seq }));
  }

  /** None runs or waits to run. */
  isIdle(): boolean {
    return this.#queue.isIdle();
  }

  /** Starts nothing more; resolves when the activities in flight have ended. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  async #run(row: ActivityRow): Promise<void> {
    const result = this.#target(row) ? await this.#call(row) : undefined;
    const { batch, work } = this.#context;
    batch.open();
    const isWanted = work.deleteActivity(row.seq);
    // The instance may have ended or been rewound meanwhile: then nobody waits for the result.
    const instance = this.#target(row);
    if (isWanted && instance && result) this.#instances.deliver(instance, result);
  }

  async #callFunction({ name, input }: ActivityRow): Promise<string | null> {
    const fn = this.#functions.find(name, 'activity');
    if ('missing' in fn) throw new Error(fn.missing);
    return this.#functions.call(fn, input);
  }

  #target(row: ActivityRow): LiveInstance | undefined {
    const instance = this.#instances.findByKey(row.instanceKey);
    return instance?.executionId === row.executionId ? instance : undefined;
  }

  async #call(row: ActivityRow): Promise<HistoryEvent> {
    const { now } = this.#context;
    try {
      const Result = row.name === HTTP_ACTIVITY ? await sendHttpRequest(row.input) : await this.#callFunction(row);
      return historyEvent(EVENT.TaskCompleted, now(), { TaskScheduledId: row.taskId, Result });
    } catch (error) {
      const FailureDetails = failureDetailsIn(messageOf(error));
      const Reason = `Activity function '${row.name}' failed: ${FailureDetails?.ErrorMessage ?? messageOf(error)}`;
      logLine('error', row.name, Reason);
      return historyEvent(EVENT.TaskFailed, now(), { TaskScheduledId: row.taskId, Reason, Details: '', FailureDetails });
    }
  }
}
