import type { ServiceBusClient, ServiceBusMessage, ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import Long from 'long';
import type { DeadLetter, DeadLetterFate, DeadLetters } from '../../ports/dead-letters.ts';
import type { QueueName } from '../../ports/queue.ts';
import { queueTrouble, serviceBusClient, type ServiceBusSettings } from './service-bus-client.ts';

/** Dead letters whose connection can be closed. */
export type ServiceBusDeadLetters = DeadLetters & { close(): Promise<void> };

const atOnce = 50;
/** A dead-letter queue that has given nothing for so long has no more. */
const emptyAfterMs = 1500;

/**
 * The dead-letter queues of these queues, by the sub-queue that the client names `deadLetter` (https://learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues).
 * The process needs the right to receive, and to send for replaying.
 */
export function createServiceBusDeadLetters(settings: ServiceBusSettings, queues: readonly QueueName[]): ServiceBusDeadLetters {
  let connecting: Promise<ServiceBusClient> | undefined;
  const connected = (): Promise<ServiceBusClient> => (connecting ??= serviceBusClient(settings));
  return {
    close: async () => (await connecting)?.close(),
    async list(mostOfEach, signal) {
      const client = await connected();
      const found = await Promise.all(queues.map((queue) => peeked(client, queue, mostOfEach, signal)));
      return found.flat().toSorted((a, b) => a.enqueuedAt - b.enqueuedAt);
    },
    async settle(queue, sequences, fate, signal) {
      const client = await connected();
      const receiver = client.createReceiver(queue, { subQueueType: 'deadLetter', receiveMode: 'peekLock' });
      const others: ServiceBusReceivedMessage[] = [];
      try {
        return await settleWanted({ client, receiver, queue, sequences, fate, signal }, others);
      } catch (error) {
        throw queueTrouble(`The dead letters of ${queue} could not all be settled`, error);
      } finally {
        for (const other of others) await receiver.abandonMessage(other).catch(() => undefined);
        await receiver.close().catch(() => undefined);
      }
    },
  };
}

// Without a number to begin with the client goes on where it has peeked last, whichever receiver that was.
async function peeked(client: ServiceBusClient, queue: QueueName, most: number, abortSignal: AbortSignal): Promise<readonly DeadLetter[]> {
  const receiver = client.createReceiver(queue, { subQueueType: 'deadLetter' });
  try {
    return (await receiver.peekMessages(most, { abortSignal, fromSequenceNumber: Long.ZERO })).map((message) =>
      toDeadLetter(queue, message),
    );
  } catch (error) {
    throw queueTrouble(`The dead letters of ${queue} could not be read`, error);
  } finally {
    await receiver.close().catch(() => undefined);
  }
}

type Settling = {
  readonly client: ServiceBusClient;
  readonly receiver: ServiceBusReceiver;
  readonly queue: QueueName;
  readonly sequences: ReadonlySet<string>;
  readonly fate: DeadLetterFate;
  readonly signal: AbortSignal;
};

/** Those that are not wanted stay locked until the end, so that they are not handed out again and again meanwhile. */
async function settleWanted(settling: Settling, others: ServiceBusReceivedMessage[]): Promise<readonly string[]> {
  const { client, receiver, queue, sequences, fate, signal } = settling;
  const sender = client.createSender(queue);
  const settled: string[] = [];
  const settleOne = async (message: ServiceBusReceivedMessage): Promise<string> => {
    if (fate === 'replay') await sender.sendMessages(again(message), { abortSignal: signal });
    await receiver.completeMessage(message);
    return String(message.sequenceNumber);
  };
  try {
    while (settled.length < sequences.size) {
      const messages = await receiver.receiveMessages(atOnce, { maxWaitTimeInMs: emptyAfterMs, abortSignal: signal });
      if (messages.length === 0) break;
      const wanted = messages.filter(({ sequenceNumber }) => sequences.has(String(sequenceNumber)));
      others.push(...messages.filter((message) => !wanted.includes(message)));
      for (const message of wanted) settled.push(await settleOne(message));
    }
    return settled;
  } finally {
    await sender.close().catch(() => undefined);
  }
}

/** The message once more. Its own id the queue may still remember, and drop it as a duplicate; this one is new for each dead letter, and the same at every attempt to replay it. */
function again({ messageId, sequenceNumber, body, contentType, sessionId }: ServiceBusReceivedMessage): ServiceBusMessage {
  const first = String(messageId ?? '').replace(/~\d+$/, '');
  return {
    messageId: `${first}~${String(sequenceNumber)}`,
    body: body as unknown,
    ...(contentType === undefined ? {} : { contentType }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

function toDeadLetter(queue: QueueName, message: ServiceBusReceivedMessage): DeadLetter {
  const words = [message.deadLetterReason, message.deadLetterErrorDescription].filter((text) => text !== undefined && text !== '');
  return {
    queue,
    sequence: String(message.sequenceNumber),
    messageId: String(message.messageId ?? ''),
    enqueuedAt: message.enqueuedTimeUtc?.getTime() ?? 0,
    deliveries: message.deliveryCount ?? 0,
    reason: words.length === 0 ? null : words.join(': '),
    body: message.body as unknown,
  };
}
