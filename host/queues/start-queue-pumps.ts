import { ServiceBusClient } from '@azure/service-bus';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { resolveSetting } from '../settings/resolve-setting.ts';
import type { HostSettings } from '../settings/read-host-settings.ts';
import { triggerText } from '../worker/app-registry.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import type { RunFunction } from '../worker/run-function.ts';
import { createMessageHandler } from './message-handler.ts';
import { startMessagePump } from './message-pump.ts';
import type { QueuePump } from './queue-pump.ts';
import { startSessionPump } from './session-pump.ts';

/**
 * Starts a pump for each function with a Service Bus queue trigger; functions of one connection share a client.
 * Throws `HostError` that names the function and the setting where a connection is missing or cannot be read.
 */
export function startQueuePumps(functions: readonly AppFunction[], run: RunFunction, settings: HostSettings['serviceBus']): QueuePump {
  const clients = new Map<string, ServiceBusClient>();
  const pumps = functions.map((fn) => {
    const client = clientFor(fn, clients);
    const queue = resolveSetting(triggerText(fn, 'queueName', ''), fn.name);
    const settles = (fn.trigger['autoCompleteMessages'] ?? settings.autoCompleteMessages) !== false;
    const start = fn.trigger['isSessionsEnabled'] === true ? startSessionPump : startMessagePump;
    return start({ client, queue, functionName: fn.name, handle: createMessageHandler(fn, run, settles), settings });
  });
  return {
    stop: async (limitMs) => {
      await Promise.allSettled(pumps.map((pump) => pump.stop(limitMs)));
      await Promise.allSettled([...clients.values()].map((client) => client.close()));
    },
  };
}

function clientFor(fn: AppFunction, clients: Map<string, ServiceBusClient>): ServiceBusClient {
  const name = triggerText(fn, 'connection', 'AzureWebJobsServiceBus');
  const known = clients.get(name);
  if (known) return known;
  const connection = process.env[name];
  if (!connection)
    throw new HostError(
      `Function "${fn.name}" needs the setting ${name}, a Service Bus connection string. Set it, or add servicebus.json with the queues so that the host provides them.`,
    );
  try {
    const client = new ServiceBusClient(connection);
    clients.set(name, client);
    return client;
  } catch (error) {
    throw new HostError(`The setting ${name} of function "${fn.name}" is no Service Bus connection string: ${messageOf(error)}`);
  }
}
