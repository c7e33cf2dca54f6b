import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { ServiceBusClient, type ServiceBusMessage, type ServiceBusSender } from '@azure/service-bus';
import { GatehouseError } from '../../errors.ts';
import type { Queue, QueueMessage, QueueName } from '../../ports/queue.ts';

/** A connection string (embedded, emulator), or a namespace such as `contoso.servicebus.windows.net`, where the process signs in as itself. */
export type ServiceBusSettings =
  | { readonly connectionString: string }
  | { readonly fullyQualifiedNamespace: string; readonly managedIdentityClientId: string | undefined };

/** A queue that can be closed. */
export type ServiceBusQueue = Queue & { close(): Promise<void> };

/**
 * Sends to Azure Service Bus, or what speaks its protocol: one sender a queue, in batches (https://learn.microsoft.com/javascript/api/overview/azure/service-bus-readme). `send` resolves
 * when the broker has taken every message, else throws `target-unreachable`; messages that were taken may come again, and their ids let the broker drop them.
 */
export function createServiceBusQueue(settings: ServiceBusSettings): ServiceBusQueue {
  const client =
    'connectionString' in settings
      ? new ServiceBusClient(settings.connectionString)
      : new ServiceBusClient(settings.fullyQualifiedNamespace, credentialOf(settings));
  const senders = new Map<QueueName, ServiceBusSender>();
  const senderOf = (queue: QueueName): ServiceBusSender => {
    const sender = senders.get(queue) ?? client.createSender(queue);
    senders.set(queue, sender);
    return sender;
  };
  return {
    send: async (messages, signal) => {
      for (const [queue, ours] of Map.groupBy(messages, (message) => message.queue)) await sendAll(senderOf(queue), queue, ours, signal);
    },
    close: () => client.close(),
  };
}

function credentialOf({ managedIdentityClientId: clientId }: { readonly managedIdentityClientId: string | undefined }) {
  return clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
}

async function sendAll(sender: ServiceBusSender, queue: QueueName, messages: readonly QueueMessage[], signal: AbortSignal): Promise<void> {
  try {
    let batch = await sender.createMessageBatch({ abortSignal: signal });
    for (const message of messages) {
      if (batch.tryAddMessage(toServiceBus(message))) continue;
      await sender.sendMessages(batch, { abortSignal: signal });
      batch = await sender.createMessageBatch({ abortSignal: signal });
      if (!batch.tryAddMessage(toServiceBus(message))) throw new RangeError(`message ${message.messageId} is larger than a batch`);
    }
    if (batch.count > 0) await sender.sendMessages(batch, { abortSignal: signal });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason given';
    throw new GatehouseError('target-unreachable', `The queue ${queue} took no messages: ${why}`, { cause: error });
  }
}

function toServiceBus({ messageId, sessionId, body }: QueueMessage): ServiceBusMessage {
  return { messageId, body, contentType: 'application/json', ...(sessionId === undefined ? {} : { sessionId }) };
}
