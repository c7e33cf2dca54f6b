import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import { InFlight } from './in-flight.ts';
import type { PumpOptions, QueuePump } from './queue-pump.ts';
import { messageLock, whileLocked } from './while-locked.ts';

/** Pumps a queue without sessions one by one: at most `maxConcurrentCalls` messages at once. What the SDK reports is logged; the SDK itself goes on. */
export function startMessagePump({ client, source, functionName, handle, renewal, settings }: PumpOptions): QueuePump {
  const inFlight = new InFlight();
  let isStopping = false;
  const receiver = client.createReceiver(source, {
    receiveMode: 'peekLock',
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: 0,
  });
  const handlers = {
    processMessage: (message: Parameters<typeof handle>[1][number]) =>
      inFlight.track(whileLocked([messageLock(receiver, message)], renewal, () => handle(receiver, [message]))),
    processError: async ({ error, errorSource }: { error: Error; errorSource: string }) => {
      // A receiver that is stopped says so as an error.
      if (!isStopping) logLine('warning', functionName, `Queue ${source}, ${errorSource}: ${messageOf(error)}`);
    },
  };
  const options = { autoCompleteMessages: false, maxConcurrentCalls: settings.maxConcurrentCalls };
  const subscription = receiver.subscribe(handlers, options);
  return {
    stop: async (limitMs) => {
      isStopping = true;
      await subscription.close();
      await inFlight.settle(limitMs);
      await receiver.close();
    },
  };
}
