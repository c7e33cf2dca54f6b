import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ClockStore } from './clock/clock-store.ts';
import { openClock } from './clock/open-clock.ts';
import type { ClockKind } from './clock/open-clock.ts';
import { lockDataFolder } from './data/lock-data-folder.ts';
import { openDatabase } from './data/open-database.ts';
import type { SyncMode } from './data/sync-mode.ts';
import { createWriteBatch } from './data/write-batch.ts';
import type { DurableAddress } from './durable/client-urls.ts';
import { startHttpServer } from './http/start-http-server.ts';
import { HostKeys } from './keys/host-keys.ts';
import { logLine } from './log-line.ts';
import { messageOf } from './message-of.ts';
import { startQueueEndpoint } from './queues/start-queue-endpoint.ts';
import { runApp } from './run-app.ts';
import { readEntryFiles } from './settings/read-entry-files.ts';
import { readHostSettings } from './settings/read-host-settings.ts';
import type { HostSettings } from './settings/read-host-settings.ts';
import { readLocalSettings } from './settings/read-local-settings.ts';
import { readServiceBusFile } from './settings/read-service-bus-file.ts';
import { Cleanup } from './cleanup.ts';

const DEFAULT_PORT = 7071;

/** How to start a host. */
export type HostOptions = {
  /** The app's folder, with its package.json and host.json. */
  readonly folder: string;
  /** Port of HTTP on 127.0.0.1; 0 takes a free one. Without it, `Host.LocalHttpPort` of local.settings.json, else 7071. */
  readonly port?: number | undefined;
  /** The data folder; made where it is missing. */
  readonly dataFolder: string;
  /** Port of the Service Bus endpoint; without it, that of GATEHOUSE_SERVICEBUS, else 7075. `none` starts no endpoint: the setting names that of another host. */
  readonly serviceBusPort?: number | 'none' | undefined;
  /** Which time the host lives by; `wall` where absent. */
  readonly clock?: ClockKind | undefined;
  /** What is acknowledged survives the end of the process (`normal`, the default), or a loss of power too (`full`). */
  readonly sync?: SyncMode | undefined;
  /** Wall time, milliseconds since 1970; that of the machine where absent. */
  readonly now?: () => number;
  /** Called when the database fails at run time. The host must then end; the default ends the process with code 1. */
  readonly onBroken?: (error: unknown) => void;
};

/** A running host. */
export type RunningHost = {
  readonly url: string;
  /** `undefined` where the app has no queues, or they are elsewhere. */
  readonly serviceBusPort: number | undefined;
  /** The functions that were loaded. */
  readonly functionNames: readonly string[];
  /** Takes nothing more in, waits for what is in flight (30 s at most), and lets go of the data folder. */
  stop(): Promise<void>;
};

/**
 * Starts an app: settings, lock, database, ports, functions, in this order, so that nothing of the app runs before
 * everything it needs is there. One process holds one app, because its libraries keep process-wide state.
 * Throws `HostError` for everything that the person who starts it can put right; what was opened is closed again.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const cleanup = new Cleanup();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: HostOptions, cleanup: Cleanup): Promise<RunningHost> {
  const folder = resolve(options.folder);
  const entryFiles = readEntryFiles(folder);
  const local = readLocalSettings(folder, process.env);
  const settings = readHostSettings(folder);
  const serviceBus = readServiceBusFile(folder);
  const dataFolder = resolve(options.dataFolder);
  const lock = lockDataFolder(dataFolder);
  cleanup.add(() => lock.release());
  const databaseFile = join(dataFolder, 'host.sqlite');
  const database = openDatabase(databaseFile, options.sync);
  cleanup.add(() => database.close());
  const onBroken = options.onBroken ?? ((error: unknown) => endProcess(databaseFile, error));
  const batch = createWriteBatch(database, onBroken);
  cleanup.add(() => batch.flush());
  const clock = openClock(options.clock ?? 'wall', new ClockStore(database, batch), options.now);
  const server = await startHttpServer(options.port ?? local.port ?? DEFAULT_PORT);
  cleanup.add(() => server.stop(0));
  const endpoint = await startQueueEndpoint({
    namespace: serviceBus,
    dataFolder,
    requestedPort: options.serviceBusPort,
    clock,
    sync: options.sync,
  });
  cleanup.add(() => endpoint?.stop());
  // Without it the durable client rewrites its addresses to localhost:7071 (durable-functions, `getClient.js`).
  process.env['WEBSITE_HOSTNAME'] = new URL(server.url).host;
  const keys = HostKeys.open(dataFolder);
  const address = durableAddress(settings, server.url, keys);
  const app = await runApp({
    folder,
    entryFiles,
    settings,
    database,
    batch,
    server,
    address,
    keys,
    cors: local.cors,
    clock,
    areQueuesIdle: () => endpoint?.isIdle() ?? true,
    onBroken,
  });
  cleanup.add(() => app.stop());
  return { url: server.url, serviceBusPort: endpoint?.port, functionNames: app.functionNames, stop: () => cleanup.run() };
}

function durableAddress({ durableTask }: HostSettings, url: string, keys: HostKeys): DurableAddress {
  const rpcSecret = randomBytes(24).toString('base64url');
  // The key may be changed while the host runs.
  return {
    url,
    usesForwardedHost: durableTask.httpSettings.useForwardedHost,
    hubName: durableTask.hubName,
    rpcSecret,
    get key() {
      return keys.durable;
    },
  };
}

function endProcess(file: string, error: unknown): void {
  logLine(
    'critical',
    'host',
    `The database ${file} cannot be used any more (${messageOf(error)}). Free disk space or repair the data folder, then start again; work goes on from the last state stored.`,
  );
  process.exit(1);
}
