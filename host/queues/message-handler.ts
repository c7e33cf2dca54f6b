import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { logLine } from '../log-line.ts';
import { messageOf } from '../message-of.ts';
import type { AppFunction } from '../worker/app-registry.ts';
import type { RunFunction } from '../worker/run-function.ts';
import { batchBody, messageBody } from './message-body.ts';
import { batchMetadata, messageMetadata } from './message-metadata.ts';
import { Settlements } from './settlements.ts';
import type { Outcome } from './settlements.ts';

/** Handles what one call of a function gets, one message or a batch of them; it does not throw. */
export type MessageHandler = (receiver: ServiceBusReceiver, messages: readonly ServiceBusReceivedMessage[]) => Promise<void>;

/** What handles messages, and how. */
export type HandlerOptions = {
  readonly fn: AppFunction;
  readonly run: RunFunction;
  /** The host completes what has succeeded (`autoCompleteMessages`). */
  readonly settles: boolean;
  /** The function gets a list of messages (`cardinality: 'many'`), be it of one. */
  readonly isMany: boolean;
};

/**
 * Gives messages to the function: completed when it succeeds, abandoned when it throws, so that the queue delivers
 * them again up to its limit (https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger#peeklock-behavior).
 * With `settles` false nothing is settled on success; the locks then end by themselves.
 */
export function createMessageHandler({ fn, run, settles, isMany }: HandlerOptions): MessageHandler {
  const settlements = new Settlements();
  const settle = async (outcome: Outcome, action: () => Promise<void>): Promise<void> => {
    try {
      await settlements.settle(outcome, action);
    } catch (error) {
      logLine('warning', fn.name, `The message could not be ${outcome}, it will be delivered again: ${messageOf(error)}`);
    }
  };
  const asBytes = fn.trigger['dataType'] === 'binary';
  return async (receiver, messages) => {
    try {
      if (isMany) await run(fn, batchBody(messages, asBytes), batchMetadata(messages));
      else for (const message of messages) await run(fn, messageBody(message, asBytes), messageMetadata(message));
    } catch (error) {
      logLine('error', fn.name, messageOf(error));
      await Promise.all(messages.map((message) => settle('abandoned', () => receiver.abandonMessage(message))));
      return;
    }
    if (settles) await Promise.all(messages.map((message) => settle('completed', () => receiver.completeMessage(message))));
  };
}
