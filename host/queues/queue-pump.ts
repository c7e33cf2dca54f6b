import type { ServiceBusClient } from '@azure/service-bus';
import type { MessageHandler } from './message-handler.ts';

/** Brings the messages of one queue to one function until it is stopped. */
export type QueuePump = {
  /** Takes no more messages, and resolves when the handlers in flight have ended, at most after `limitMs` milliseconds. */
  stop(limitMs: number): Promise<void>;
};

/** What a pump brings where. The settings are those of host.json (`extensions.serviceBus`), durations in milliseconds. */
export type PumpOptions = {
  readonly client: ServiceBusClient;
  readonly queue: string;
  /** Problems are logged under this name. */
  readonly functionName: string;
  readonly handle: MessageHandler;
  readonly settings: {
    readonly maxConcurrentCalls: number;
    readonly maxConcurrentSessions: number;
    readonly maxAutoLockRenewalDuration: number;
    readonly sessionIdleTimeout: number;
  };
};
