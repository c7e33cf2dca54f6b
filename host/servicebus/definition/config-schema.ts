import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

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
const lockDuration = duration.refine((ms) => ms <= 300_000, { error: 'must be at most PT5M, as in Azure Service Bus' }).default(60_000);
const path = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,259}$/, { error: 'must be 1 to 260 letters, digits, ".", "_", "-" or "/"' });
const name = z.string().regex(/^[A-Za-z0-9$][A-Za-z0-9._-]{0,49}$/, { error: 'must be 1 to 50 letters, digits, ".", "_" or "-"' });

const received = {
  DeadLetteringOnMessageExpiration: z.boolean().default(false),
  DefaultMessageTimeToLive: duration.optional(),
  ForwardDeadLetteredMessagesTo: nothing,
  ForwardTo: nothing,
  LockDuration: lockDuration,
  MaxDeliveryCount: z.int().min(1).max(2000).default(10),
  RequiresSession: z.boolean().default(false),
};

const detected = {
  DuplicateDetectionHistoryTimeWindow: duration.default(600_000),
  RequiresDuplicateDetection: z.boolean().default(false),
};

const queue = z.strictObject({ Name: path, Properties: z.strictObject({ ...received, ...detected }).prefault({}) });

const text = z.string().optional();

const noAction = z.never({ error: 'actions of rules are not supported; leave it out' }).optional();

const correlationFilter = z.strictObject({
  ContentType: text,
  CorrelationId: text,
  Label: text,
  MessageId: text,
  ReplyTo: text,
  ReplyToSessionId: text,
  SessionId: text,
  To: text,
  Properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

const filter = z.discriminatedUnion('FilterType', [
  z.strictObject({ FilterType: z.literal('Correlation'), CorrelationFilter: correlationFilter, Action: noAction }),
  z.strictObject({
    FilterType: z.literal('Sql'),
    SqlFilter: z.strictObject({ SqlExpression: z.string() }),
    Action: noAction,
  }),
  z.strictObject({ FilterType: z.literal('True') }),
]);

const rule = z.strictObject({ Name: name, Properties: filter });

const subscription = z.strictObject({
  Name: name,
  Properties: z.strictObject(received).prefault({}),
  Rules: z.array(rule).default([]),
});

const topic = z.strictObject({
  Name: path,
  Properties: z.strictObject({ ...detected, DefaultMessageTimeToLive: duration.optional() }).prefault({}),
  Subscriptions: z.array(subscription).default([]),
});

const namespace = z.strictObject({ Name: z.string(), Queues: z.array(queue).default([]), Topics: z.array(topic).default([]) });

/**
 * The shape of the Service Bus emulator's Config.json
 * (learn.microsoft.com/azure/service-bus-messaging/test-locally-with-service-bus-emulator), and what of it this endpoint takes.
 * Durations become milliseconds. Forwarding and the actions of rules are refused rather than ignored.
 */
export const configSchema = z.object({
  UserConfig: z.object({ Namespaces: z.array(namespace).length(1, { error: 'must hold exactly one namespace' }) }),
});

/** A queue, topic or rule as the file says it. */
export type ConfigQueue = z.output<typeof queue>;
export type ConfigTopic = z.output<typeof topic>;
export type ConfigRule = z.output<typeof rule>;
