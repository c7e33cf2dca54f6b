import { within } from '../within.ts';
import type { HostSettings } from '../settings/read-host-settings.ts';
import type { AppFunction, AppRegistry } from '../worker/app-registry.ts';
import type { RunFunction } from '../worker/run-function.ts';
import { startBatchPump } from './batch-pump.ts';
import { createMessageHandler } from './message-handler.ts';
import { startMessagePump } from './message-pump.ts';
import { createOutputSender } from './output-sender.ts';
import type { PumpOptions, QueuePump } from './queue-pump.ts';
import { entityPath, ServiceBusClients } from './service-bus-clients.ts';
import { startSessionPump } from './session-pump.ts';

/** How long a pump keeps a session that has no message, where host.json does not say: nothing is gained by waiting on a local queue. Milliseconds. */
const SESSION_IDLE_MS = 250;
/** The same where messages are not settled by the host: when a session is given back, what was not settled is delivered again at once. Azure waits as long. */
const UNSETTLED_SESSION_IDLE_MS = 60_000;

/** How long connections may take to end: the SDK waits for a minute for a link that is being opened. Milliseconds. */
const CLOSE_LIMIT_MS = 5000;

/** What the app's Service Bus bindings need. */
export type ServiceBusBindingOptions = {
  readonly app: AppRegistry;
  /** The functions to bring messages to. */
  readonly triggered: readonly AppFunction[];
  readonly run: RunFunction;
  readonly settings: HostSettings['serviceBus'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** The live Service Bus bindings of an app. */
export type ServiceBusBindings = QueuePump & {
  /** Ends all connections; nothing is sent any more. */
  close(): Promise<void>;
};

/**
 * Makes the app's Service Bus bindings live: outputs are sent, and a pump runs for each function with a trigger. Bindings of one connection
 * share a client. Throws `HostError` that names the function and the setting where a connection is missing or cannot be read.
 */
export function startServiceBusBindings(options: ServiceBusBindingOptions): ServiceBusBindings {
  const { app, triggered } = options;
  const clients = new ServiceBusClients();
  app.sendOutputs = createOutputSender([...app.functions.values()], clients);
  const pumps = triggered.map((fn) => startPump(fn, clients, options));
  return {
    stop: async (limitMs) => {
      await Promise.allSettled(pumps.map((pump) => within(pump.stop(limitMs), limitMs)));
    },
    close: () => within(clients.close(), CLOSE_LIMIT_MS),
  };
}

function startPump(fn: AppFunction, clients: ServiceBusClients, { run, settings, now }: ServiceBusBindingOptions): QueuePump {
  const isMany = fn.trigger['cardinality'] === 'many';
  const settles = (fn.trigger['autoCompleteMessages'] ?? settings.autoCompleteMessages) !== false;
  const options: PumpOptions = {
    client: clients.for(fn.name, fn.trigger),
    source: entityPath(fn.name, fn.trigger),
    functionName: fn.name,
    handle: createMessageHandler({ fn, run, settles, isMany }),
    batch: isMany ? sizesOf(settings) : { max: 1, min: 1, waitMs: 0 },
    sessionIdleMs: settings.sessionIdleTimeout ?? (settles ? SESSION_IDLE_MS : UNSETTLED_SESSION_IDLE_MS),
    renewal: { limitMs: settings.maxAutoLockRenewalDuration, now },
    settings,
  };
  if (fn.trigger['isSessionsEnabled'] === true) return startSessionPump(options);
  return isMany ? startBatchPump(options) : startMessagePump(options);
}

function sizesOf(settings: HostSettings['serviceBus']): PumpOptions['batch'] {
  return { max: settings.maxMessageBatchSize, min: settings.minMessageBatchSize, waitMs: settings.maxBatchWaitTime };
}
