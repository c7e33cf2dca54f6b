import type { ServiceBusClient } from '@azure/service-bus';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { InFlight } from './in-flight.ts';
import type { MessageHandler } from './message-handler.ts';
import type { QueuePump, QueuePumpSettings } from './queue-pump.ts';

/** Pumps a queue without sessions: at most `maxConcurrentCalls` messages at once. What the SDK reports is logged under `source`; the SDK itself goes on. */
export function startMessagePump(client: ServiceBusClient, queue: string, source: string, handle: MessageHandler, settings: QueuePumpSettings): QueuePump {
  const inFlight = new InFlight();
  const receiver = client.createReceiver(queue, {
    receiveMode: 'peekLock', skipParsingBodyAsJson: true, maxAutoLockRenewalDurationInMs: settings.maxAutoLockRenewalDuration,
  });
  const subscription = receiver.subscribe({
    processMessage: (message) => inFlight.track(handle(receiver, message)),
    processError: async ({ error, errorSource }) => logLine('warning', source, `Queue ${queue}, ${errorSource}: ${messageOf(error)}`),
  }, { autoCompleteMessages: false, maxConcurrentCalls: settings.maxConcurrentCalls });
  return {
    stop: async (limitMs) => {
      await subscription.close();
      await inFlight.settle(limitMs);
      await receiver.close();
    },
  };
}
