import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { HostClock } from './clock/clock.ts';
import type { WriteBatch } from './data/write-batch.ts';
import { durableFunctions } from './durable/call-function.ts';
import { durableClientInput } from './durable/client-urls.ts';
import type { DurableAddress } from './durable/client-urls.ts';
import { createTaskHub } from './durable/task-hub.ts';
import type { TaskHub } from './durable/task-hub.ts';
import type { AdminContext } from './http/admin/admin-api.ts';
import { createHandler } from './http/create-handler.ts';
import { createHttpRouter } from './http/routing/http-router.ts';
import type { HttpServer } from './http/start-http-server.ts';
import type { HostKeys } from './keys/host-keys.ts';
import { logLine } from './log-line.ts';
import { messageOf } from './message-of.ts';
import { within } from './within.ts';
import type { ServiceBusBindings } from './queues/start-service-bus-bindings.ts';
import { isServiceBusOutput } from './queues/service-bus-problem.ts';
import type { HostSettings } from './settings/read-host-settings.ts';
import type { CorsSettings } from './settings/read-local-settings.ts';
import { createTimerFunctions } from './timers/create-timer-functions.ts';
import type { TimerFunctions } from './timers/create-timer-functions.ts';
import { createAppRegistry } from './worker/app-registry.ts';
import type { AppFunction, AppRegistry } from './worker/app-registry.ts';
import { installFunctionsCore } from './worker/functions-core.ts';
import { isDisabled } from './worker/is-disabled.ts';
import { loadApp, terminateApp } from './worker/load-app.ts';
import { requireSupported } from './worker/require-supported.ts';
import { createRunFunction } from './worker/run-function.ts';
import type { ExtraInputs, RunFunction } from './worker/run-function.ts';

/** What an app needs to run. */
export type RunAppOptions = {
  readonly folder: string;
  readonly entryFiles: readonly string[];
  readonly settings: HostSettings;
  readonly database: DatabaseSync;
  readonly batch: WriteBatch;
  readonly server: HttpServer;
  readonly address: DurableAddress;
  readonly keys: HostKeys;
  readonly cors: CorsSettings | undefined;
  readonly clock: HostClock;
  /** Nothing is under way in the host's own queues. */
  readonly areQueuesIdle: () => boolean;
  readonly onBroken: (error: unknown) => void;
};

/** A loaded app whose triggers are live. */
export type RunningApp = { readonly functionNames: readonly string[]; stop(): Promise<void> };

const DRAIN_LIMIT_MS = 30_000;

/** Loads the app and turns its triggers on: orchestrations first, then HTTP, queues and timers. Throws `HostError` for what the app has wrong. */
export async function runApp(options: RunAppOptions): Promise<RunningApp> {
  const { settings, server, address, clock, batch } = options;
  const app = createAppRegistry();
  installFunctionsCore(app);
  const { streamUrl } = await loadApp(app, options.folder, options.entryFiles);
  requireSupported(app);
  const extraInputs: ExtraInputs = (names) => names.map((name) => ({ name, data: { string: durableClientInput(address) } }));
  const run = createRunFunction(app, extraInputs, settings.functionTimeoutMs);
  const router = createHttpRouter(enabled(app, 'httptrigger'), settings.http.routePrefix);
  const timers = createTimerFunctions(withTrigger(app, 'timertrigger'), run, options);
  const hub = taskHub(options, app, extraInputs);
  const serviceBus = await startServiceBus(app, run, options);
  hub.start();
  const isIdle = (): boolean => app.running === 0 && hub.isIdle() && batch.isIdle() && options.areQueuesIdle();
  let isDraining = false;
  server.serve(
    createHandler({
      router,
      functions: { app, timeoutMs: settings.functionTimeoutMs, extraInputs, streamUrl },
      admin: { ...adminContext(options, app), isIdle, runNow: (fn, input) => runByHand(timers, run, fn, input) },
      hub,
      address,
      cors: options.cors,
      customHeaders: settings.http.customHeaders,
      isDraining: () => isDraining,
    }),
  );
  timers.start();
  clock.start(isIdle);
  const stop = async (): Promise<void> => {
    isDraining = true;
    clock.stop();
    // HTTP goes last: what is in flight may still use its durable client, which speaks to this server.
    await Promise.all([serviceBus?.stop(DRAIN_LIMIT_MS), within(timers.stop(), DRAIN_LIMIT_MS), hub.stop(DRAIN_LIMIT_MS)]);
    await server.stop(DRAIN_LIMIT_MS);
    await serviceBus?.close();
    await terminateApp(app);
  };
  return { functionNames: [...app.functions.keys()], stop };
}

function withTrigger(app: AppRegistry, triggerType: string): readonly AppFunction[] {
  return [...app.functions.values()].filter((fn) => fn.triggerType === triggerType);
}

/** The functions with a trigger of this type that no setting turns off. */
function enabled(app: AppRegistry, triggerType: string): readonly AppFunction[] {
  return withTrigger(app, triggerType).filter((fn) => !isDisabled(fn.name, process.env));
}

function adminContext({ folder, server, settings, keys, clock }: RunAppOptions, app: AppRegistry): Omit<AdminContext, 'isIdle' | 'runNow'> {
  keys.addFunctions([...app.functions.keys()]);
  const hostId = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 32);
  return { app, hostId, instanceId: randomUUID(), url: server.url, routePrefix: settings.http.routePrefix, keys, clock };
}

// The SDK is loaded on demand: an app without Service Bus bindings has no use for it.
async function startServiceBus(app: AppRegistry, run: RunFunction, options: RunAppOptions): Promise<ServiceBusBindings | undefined> {
  const triggered = enabled(app, 'servicebustrigger');
  const sends = [...app.functions.values()].some((fn) => Object.values(fn.metadata.bindings).some(isServiceBusOutput));
  if (triggered.length === 0 && !sends) return undefined;
  const { startServiceBusBindings } = await import('./queues/start-service-bus-bindings.ts');
  return startServiceBusBindings({ app, triggered, run, settings: options.settings.serviceBus, now: options.clock.now });
}

function taskHub({ settings, database, batch, clock, onBroken }: RunAppOptions, app: AppRegistry, extraInputs: ExtraInputs): TaskHub {
  const { durableTask } = settings;
  return createTaskHub({
    database,
    batch,
    clock,
    onBroken,
    functions: durableFunctions(app, extraInputs, settings.functionTimeoutMs),
    maxConcurrentActivityFunctions: durableTask.maxConcurrentActivityFunctions,
    maxConcurrentOrchestratorFunctions: durableTask.maxConcurrentOrchestratorFunctions,
    entityLimits: durableTask,
    httpPollMs: durableTask.httpSettings.defaultAsyncRequestSleepTimeMilliseconds,
    versions: {
      own: durableTask.defaultVersion,
      match: durableTask.versionMatchStrategy,
      onMismatch: durableTask.versionFailureStrategy,
    },
    overridesAnyState: durableTask.overridableExistingInstanceStates === 'AnyState',
  });
}

function runByHand(timers: TimerFunctions, run: RunFunction, fn: AppFunction, input: string): void {
  if (timers.runNow(fn.name)) return;
  run(fn, { string: input }).catch((error: unknown) => logLine('error', fn.name, messageOf(error)));
}
