import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

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

/**
 * The queues of a file in the shape of the Service Bus emulator's Config.json
 * (learn.microsoft.com/azure/service-bus-messaging/test-locally-with-service-bus-emulator).
 * Throws an error that names each field that is wrong. Topics and forwarding are refused rather than ignored.
 */
export function readQueueDefinitions(json: unknown): readonly QueueDefinition[] {
  const read = configSchema.safeParse(json);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw new Error(`The Service Bus configuration cannot be used. ${problems.join('; ')}.`);
  }
  const queues = read.data.UserConfig.Namespaces.flatMap((namespace) => namespace.Queues.map(toDefinition));
  const twice = queues.find((queue, at) => queues.findIndex((other) => sameName(other, queue)) < at);
  if (twice !== undefined) throw new Error(`The Service Bus configuration defines the queue "${twice.name}" twice (case does not count).`);
  return queues;
}

const duration = z.string().transform((text, context) => {
  try {
    const ms = Temporal.Duration.from(text).total('milliseconds');
    if (ms > 0) return ms;
    context.addIssue('must be longer than nothing');
  } catch {
    context.addIssue(`"${text}" is not an ISO 8601 duration without months and years, such as PT1M`);
  }
  return z.NEVER;
});

const nothing = z.literal('', { error: 'forwarding is not supported; leave it empty' }).optional();

const propertiesSchema = z.strictObject({
  DeadLetteringOnMessageExpiration: z.boolean().default(false),
  DefaultMessageTimeToLive: duration.optional(),
  DuplicateDetectionHistoryTimeWindow: duration.default(600_000),
  ForwardDeadLetteredMessagesTo: nothing,
  ForwardTo: nothing,
  LockDuration: duration.refine((ms) => ms <= 300_000, { error: 'must be at most PT5M, as in Azure Service Bus' }).default(60_000),
  MaxDeliveryCount: z.int().min(1).max(2000).default(10),
  RequiresDuplicateDetection: z.boolean().default(false),
  RequiresSession: z.boolean().default(false),
});

const queueSchema = z.strictObject({
  Name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,259}$/, { error: 'must be 1 to 260 letters, digits, ".", "_", "-" or "/"' }),
  Properties: propertiesSchema.prefault({}),
});

const namespaceSchema = z.strictObject({
  Name: z.string(),
  Queues: z.array(queueSchema).default([]),
  Topics: z.array(z.unknown()).max(0, { error: 'topics are not supported; use queues' }).default([]),
});

const configSchema = z.object({
  UserConfig: z.object({ Namespaces: z.array(namespaceSchema).length(1, { error: 'must hold exactly one namespace' }) }),
});

function toDefinition({ Name, Properties }: z.output<typeof queueSchema>): QueueDefinition {
  const ttl = Properties.DefaultMessageTimeToLive;
  return {
    name: Name,
    requiresSession: Properties.RequiresSession,
    lockDurationMs: Properties.LockDuration,
    maxDeliveryCount: Properties.MaxDeliveryCount,
    requiresDuplicateDetection: Properties.RequiresDuplicateDetection,
    duplicateWindowMs: Properties.DuplicateDetectionHistoryTimeWindow,
    deadLettersExpired: Properties.DeadLetteringOnMessageExpiration,
    ...(ttl === undefined ? {} : { defaultTtlMs: ttl }),
  };
}

function sameName(a: QueueDefinition, b: QueueDefinition): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase();
}
