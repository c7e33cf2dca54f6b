import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from './read-json-file.ts';
import { optionalTimeSpan, timeSpan } from './time-span.ts';

const count = z.int().min(1);
const perProcessor = 10 * availableParallelism();

const durableTask = z.object({
  hubName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{2,44}$/, 'expected 3 to 45 letters and digits, a letter first')
    .default('TestHubName'),
  maxConcurrentActivityFunctions: count.default(perProcessor),
  maxConcurrentOrchestratorFunctions: count.default(perProcessor),
  maxConcurrentEntityFunctions: count.default(perProcessor),
  maxEntityOperationBatchSize: count.default(5000),
  httpSettings: z.object({ defaultAsyncRequestSleepTimeMilliseconds: count.default(30_000) }).prefault({}),
  defaultVersion: z.string().optional(),
  overridableExistingInstanceStates: z.enum(['NonRunningStates', 'AnyState']).default('NonRunningStates'),
});

const serviceBus = z.object({
  maxConcurrentCalls: count.default(16),
  maxConcurrentSessions: count.default(8),
  autoCompleteMessages: z.boolean().default(true),
  maxAutoLockRenewalDuration: timeSpan.default(5 * 60_000),
  sessionIdleTimeout: timeSpan.optional(),
  maxMessageBatchSize: count.default(1000),
  minMessageBatchSize: count.default(1),
  maxBatchWaitTime: timeSpan.default(30_000),
});

const hostJson = z.object({
  version: z.literal('2.0', 'expected "2.0"'),
  functionTimeout: optionalTimeSpan.optional(),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      durableTask: durableTask.prefault({}),
      serviceBus: serviceBus
        .refine(({ maxMessageBatchSize, minMessageBatchSize }) => minMessageBatchSize <= maxMessageBatchSize, {
          error: 'minMessageBatchSize must be at most maxMessageBatchSize',
        })
        .prefault({}),
    })
    .prefault({}),
});

/** The settings of host.json that this host obeys, with Azure's defaults; durations in milliseconds. */
export type HostSettings = {
  readonly functionTimeoutMs: number | undefined;
  readonly routePrefix: string;
  readonly durableTask: Readonly<z.infer<typeof durableTask>>;
  readonly serviceBus: Readonly<z.infer<typeof serviceBus>>;
};

/**
 * Reads host.json (https://learn.microsoft.com/azure/azure-functions/functions-host-json, and for its extensions
 * the pages of the HTTP, Durable Functions and Service Bus bindings). Settings that it does not know are ignored.
 * Throws `HostError` that names the file and the field.
 */
export function readHostSettings(folder: string): HostSettings {
  const { functionTimeout, extensions } = readJsonFile(join(folder, 'host.json'), hostJson) ?? hostJson.parse({ version: '2.0' });
  return {
    functionTimeoutMs: functionTimeout,
    routePrefix: extensions.http.routePrefix.replace(/^\/|\/$/g, ''),
    durableTask: extensions.durableTask,
    serviceBus: extensions.serviceBus,
  };
}
