import type { ServiceBusClient, ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';
import type { Queue, QueueMessage, QueueName } from '../../ports/queue.ts';
import { sendSpan } from './send-span.ts';
import { queueTrouble, serviceBusClient, type ServiceBusSettings } from './service-bus-client.ts';

/** A queue that can be closed. */
export type ServiceBusQueue = Queue & { close(): Promise<void> };

/**
 * Sends to Azure Service Bus, or what speaks its protocol: one sender a queue, in batches (https://learn.microsoft.com/javascript/api/overview/azure/service-bus-readme). `send` resolves
 * when the broker has taken every message, else throws `target-unreachable`; messages that were taken may come again, and their ids let the broker drop them.
 */
export function createServiceBusQueue(settings: ServiceBusSettings): ServiceBusQueue {
  let connecting: Promise<ServiceBusClient> | undefined;
  const senders = new Map<QueueName, ServiceBusSender>();
  const senderOf = async (queue: QueueName): Promise<ServiceBusSender> => {
    connecting ??= serviceBusClient(settings);
    const client = await connecting;
    const sender = senders.get(queue) ?? client.createSender(queue);
    senders.set(queue, sender);
    return sender;
  };
  return {
    send: async (messages, signal) => {
      for (const [queue, ours] of Map.groupBy(messages, (message) => message.queue))
        await sendAll(await senderOf(queue), queue, ours, signal);
    },
    close: async () => (await connecting)?.close(),
  };
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
    throw queueTrouble(`The queue ${queue} took no messages`, error);
  }
}

function toServiceBus(message: QueueMessage): ServiceBusMessage {
  const { messageId, sessionId, body } = message;
  const applicationProperties = sendSpan(message);
  return {
    messageId,
    body,
    contentType: 'application/json',
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(applicationProperties === undefined ? {} : { applicationProperties }),
  };
}
