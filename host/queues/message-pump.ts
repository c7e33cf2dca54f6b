import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { InFlight } from './in-flight.ts';
import type { PumpOptions, QueuePump } from './queue-pump.ts';

/** Pumps a queue without sessions: at most `maxConcurrentCalls` messages at once. What the SDK reports is logged; the SDK itself goes on. */
export function startMessagePump({ client, queue, functionName, handle, settings }: PumpOptions): QueuePump {
  const inFlight = new InFlight();
  const receiver = client.createReceiver(queue, {
    receiveMode: 'peekLock',
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: settings.maxAutoLockRenewalDuration,
  });
  const handlers = {
    processMessage: (message: Parameters<typeof handle>[1]) => inFlight.track(handle(receiver, message)),
    processError: async ({ error, errorSource }: { error: Error; errorSource: string }) =>
      logLine('warning', functionName, `Queue ${queue}, ${errorSource}: ${messageOf(error)}`),
  };
  const options = { autoCompleteMessages: false, maxConcurrentCalls: settings.maxConcurrentCalls };
  const subscription = receiver.subscribe(handlers, options);
  return {
    stop: async (limitMs) => {
      await subscription.close();
      await inFlight.settle(limitMs);
      await receiver.close();
    },
  };
}
