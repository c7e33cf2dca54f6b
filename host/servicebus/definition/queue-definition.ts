/** What a queue promises. Durations are milliseconds. */
export interface QueueDefinition {
  readonly name: string;
  readonly requiresSession: boolean;
  readonly lockDurationMs: number;
  readonly maxDeliveryCount: number;
  readonly requiresDuplicateDetection: boolean;
  readonly duplicateWindowMs: number;
  readonly deadLettersExpired: boolean;
  /** The longest a message may wait; absent, it waits for ever. */
  readonly defaultTtlMs?: number;
}

/** A queue as a caller names it: everything but the name has a default. */
export type QueueOptions = Pick<QueueDefinition, 'name'> & Partial<QueueDefinition>;

/**
 * The whole definition of a queue. The defaults are those of Azure Service Bus (lock one minute, ten deliveries,
 * ten minutes of duplicate history): learn.microsoft.com/azure/templates/microsoft.servicebus/namespaces/queues.
 */
export function completeQueue(options: QueueOptions): QueueDefinition {
  return {
    requiresSession: false,
    lockDurationMs: 60_000,
    maxDeliveryCount: 10,
    requiresDuplicateDetection: false,
    duplicateWindowMs: 600_000,
    deadLettersExpired: false,
    ...options,
  };
}
