import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock/clock.ts';
import type { WriteBatch } from '../data/write-batch.ts';
import { within } from '../within.ts';
import { Activities } from './activities.ts';
import type { DurableFunctions } from './call-function.ts';
import { Episodes } from './episodes.ts';
import { HistoryCache } from './history-cache.ts';
import { InstanceRows } from './instance-rows.ts';
import type { LiveInstance } from './instance.ts';
import { Instances } from './instances.ts';
import { Entities } from './entities/entities.ts';
import type { EntityParts } from './entities/entities.ts';
import { EntityRows } from './entities/entity-rows.ts';
import { DurableTimers } from './timers.ts';
import type { HubContext } from './instances.ts';
import { runsVersion } from './version-match.ts';
import type { VersionRules } from './version-match.ts';
import { WorkRows } from './work-rows.ts';

/** What a task hub needs. */
export type TaskHubOptions = {
  readonly database: DatabaseSync;
  readonly batch: WriteBatch;
  readonly functions: DurableFunctions;
  readonly clock: Clock;
  /** Called when a write failed: the process must end, and go on from the last commit when it starts again. */
  readonly onBroken: (error: unknown) => void;
  readonly maxConcurrentActivityFunctions: number;
  readonly maxConcurrentOrchestratorFunctions: number;
  readonly entityLimits: EntityParts['limits'];
  /** The pause between polls of `callHttp` where the server names none, in milliseconds. */
  readonly httpPollMs: number;
  readonly versions: VersionRules;
  /** A start replaces an instance with the same id that has not ended (`overridableExistingInstanceStates: AnyState`). */
  readonly overridesAnyState: boolean;
};

/** A running durable engine. */
export type TaskHub = {
  readonly context: HubContext;
  readonly instances: Instances;
  readonly functions: DurableFunctions;
  readonly entities: Entities;
  readonly entityRows: EntityRows;
  readonly defaultVersion: string;
  readonly overridesAnyState: boolean;
  /** No episode, no activity and no entity runs or waits to run. */
  isIdle(): boolean;
  /** Takes up what is left from before and runs. */
  start(): void;
  /** Starts nothing more, and waits for what is in flight at most `limitMs` (milliseconds). */
  stop(limitMs: number): Promise<void>;
};

// In the words of DurableTask.Core (`TaskOrchestrationDispatcher`).
const MISMATCH = 'Orchestration version did not comply with Worker Versioning';

/** Puts the parts of the durable engine together; nothing runs before `start`. */
export function createTaskHub(options: TaskHubOptions): TaskHub {
  const { database, batch, functions, clock, httpPollMs } = options;
  const context = { rows: new InstanceRows(database), work: new WorkRows(database), batch, now: clock.now, onBroken: options.onBroken };
  const admit = (instance: LiveInstance): void => {
    if (runsVersion(options.versions, instance.version)) episodes.enqueue(instance);
    else if (options.versions.onMismatch === 'Fail') instances.finish(instance, 'Failed', JSON.stringify(MISMATCH));
  };
  const instances: Instances = new Instances(context, admit, (instance) => entities.releaseHeldBy(instance.id));
  const entityRows = new EntityRows(database);
  const entities: Entities = new Entities({ context, rows: entityRows, instances, functions, limits: options.entityLimits });
  const activities = new Activities(context, instances, functions, options.maxConcurrentActivityFunctions);
  const timers = new DurableTimers(context, instances, clock);
  const cache = new HistoryCache(context.work);
  const defaultVersion = options.versions.own ?? '';
  const parts = { context, instances, activities, timers, entities, functions, cache, httpPollMs, defaultVersion };
  const episodes = new Episodes(parts, options.maxConcurrentOrchestratorFunctions);
  const start = (): void => {
    instances.load();
    entities.load();
    activities.load();
    timers.start();
  };
  const stop = async (limitMs: number): Promise<void> => {
    timers.stop();
    await within(Promise.all([episodes.stop(), activities.stop(), entities.stop()]), limitMs);
    batch.flush();
  };
  return {
    context,
    instances,
    functions,
    entities,
    entityRows,
    defaultVersion,
    overridesAnyState: options.overridesAnyState,
    isIdle: () => episodes.isIdle() && activities.isIdle() && entities.isIdle(),
    start,
    stop,
  };
}
