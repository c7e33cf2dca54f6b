import { ServiceBusClient } from '@azure/service-bus';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { resolveSetting } from '../settings/resolve-setting.ts';
import type { RpcBinding } from '../worker/rpc-types.ts';
import { bindingText } from './binding-text.ts';

/** The SDK's clients, one for each connection that the app's bindings name. */
export class ServiceBusClients {
  readonly #clients = new Map<string, ServiceBusClient>();

  /** The client for a function's binding. Throws `HostError` that names the function and the setting where that is missing or cannot be read. */
  for(functionName: string, binding: RpcBinding): ServiceBusClient {
    const name = bindingText(binding, 'connection', 'AzureWebJobsServiceBus');
    const known = this.#clients.get(name);
    if (known) return known;
    const client = connect(functionName, name);
    this.#clients.set(name, client);
    return client;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#clients.values()].map((client) => client.close()));
  }
}

/** The path of what a binding names: a queue, a topic, or a subscription of one. `%NAME%` in it is the setting NAME. */
export function entityPath(functionName: string, binding: RpcBinding): string {
  const queue = bindingText(binding, 'queueName', '');
  const topic = bindingText(binding, 'topicName', '');
  const subscription = bindingText(binding, 'subscriptionName', '');
  const path = queue || (subscription === '' ? topic : `${topic}/Subscriptions/${subscription}`);
  return resolveSetting(path, functionName);
}

function connect(functionName: string, setting: string): ServiceBusClient {
  const connection = process.env[setting];
  if (!connection)
    throw new HostError(
      `Function "${functionName}" needs the setting ${setting}, a Service Bus connection string. Set it, or add servicebus.json with the queues and topics so that the host provides them.`,
    );
  try {
    return new ServiceBusClient(connection);
  } catch (error) {
    throw new HostError(`The setting ${setting} of function "${functionName}" is no Service Bus connection string: ${messageOf(error)}`);
  }
}
