import type { ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';
import type { AppFunction, SendOutputs } from '../worker/app-registry.ts';
import type { InvocationResponse, RpcTypedData } from '../worker/rpc-types.ts';
import { outputMessages } from './output-messages.ts';
import { entityPath } from './service-bus-clients.ts';
import type { ServiceBusClients } from './service-bus-clients.ts';
import { isServiceBusOutput } from './service-bus-problem.ts';

/** The name of the binding for what a function returns (`constants.ts` of `@azure/functions`). */
const RETURN = '$return';

/** An output of a function and where it goes. */
type Output = { readonly name: string; readonly sender: ServiceBusSender };

/**
 * Sends what functions give back through their Service Bus outputs. What cannot be sent fails the invocation, as on Azure.
 * Throws `HostError` that names the function and the setting where a connection is missing or cannot be read.
 */
export function createOutputSender(functions: readonly AppFunction[], clients: ServiceBusClients): SendOutputs {
  const senders = new Map(functions.map((fn) => [fn, outputsOf(fn, clients)]));
  return async (fn, response) => {
    for (const { name, sender } of senders.get(fn) ?? []) {
      const data = name === RETURN ? response.returnValue : dataOf(response, name);
      if (data) await send(sender, outputMessages(data));
    }
  };
}

function outputsOf(fn: AppFunction, clients: ServiceBusClients): readonly Output[] {
  return Object.entries(fn.metadata.bindings)
    .filter(([, binding]) => isServiceBusOutput(binding))
    .map(([name, binding]) => ({ name, sender: clients.for(fn.name, binding).createSender(entityPath(fn.name, binding)) }));
}

function dataOf({ outputData = [] }: InvocationResponse, name: string): RpcTypedData | undefined {
  return outputData.find((output) => output.name === name)?.data;
}

/** Sends messages in as few batches as they fit in; each batch is kept whole or not at all. */
async function send(sender: ServiceBusSender, messages: readonly ServiceBusMessage[]): Promise<void> {
  let batch = await sender.createMessageBatch();
  for (const message of messages) {
    if (batch.tryAddMessage(message)) continue;
    if (batch.count > 0) await sender.sendMessages(batch);
    batch = await sender.createMessageBatch();
    // Alone it may still be too large: then the SDK says so.
    if (!batch.tryAddMessage(message)) return sender.sendMessages(message);
  }
  if (batch.count > 0) await sender.sendMessages(batch);
}
