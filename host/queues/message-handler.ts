import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import type { RunFunction } from '../worker/run-function.ts';
import { messageBody, messageMetadata } from './message-data.ts';

/** Handles one message; it does not throw. */
export type MessageHandler = (receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage) => Promise<void>;

/**
 * Gives each message to the function: completed when it succeeds, abandoned when it throws, so that the queue delivers
 * it again up to its limit (https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger#peeklock-behavior).
 * With `settles` false nothing is settled on success; the lock then ends by itself.
 */
export function createMessageHandler(fn: AppFunction, run: RunFunction, settles: boolean): MessageHandler {
  const settle = async (what: string, action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      logLine('warning', fn.name, `The message could not be ${what}, it will be delivered again: ${messageOf(error)}`);
    }
  };
  return async (receiver, message) => {
    try {
      await run(fn, messageBody(message), messageMetadata(message));
    } catch (error) {
      logLine('error', fn.name, messageOf(error));
      return settle('abandoned', () => receiver.abandonMessage(message));
    }
    if (settles) await settle('completed', () => receiver.completeMessage(message));
  };
}
