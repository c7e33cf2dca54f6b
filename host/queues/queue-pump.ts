import type { ServiceBusClient } from '@azure/service-bus';
import type { MessageHandler } from './message-handler.ts';
import type { Renewal } from './while-locked.ts';

/** Brings the messages of one queue or subscription to one function until it is stopped. */
export type QueuePump = {
  /** Takes no more messages, and resolves when the handlers in flight have ended, at most after `limitMs` milliseconds. */
  stop(limitMs: number): Promise<void>;
};

/** How many messages a function gets at once. */
export type BatchSizes = {
  readonly max: number;
  /** As long as there are fewer, more are waited for, at most `waitMs` milliseconds. */
  readonly min: number;
  readonly waitMs: number;
};

/** What a pump brings where. */
export type PumpOptions = {
  readonly client: ServiceBusClient;
  /** The path of the queue or subscription. */
  readonly source: string;
  /** Problems are logged under this name. */
  readonly functionName: string;
  readonly handle: MessageHandler;
  readonly batch: BatchSizes;
  /** How long a session without a message is kept, milliseconds. */
  readonly sessionIdleMs: number;
  readonly renewal: Renewal;
  /** Those of host.json (`extensions.serviceBus`). */
  readonly settings: { readonly maxConcurrentCalls: number; readonly maxConcurrentSessions: number };
};
