import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { logLine } from '../log-line.ts';
import { readJsonFile } from './read-json-file.ts';
import { optionalTimeSpan, timeSpan } from './time-span.ts';

const count = z.int().min(1);
const perProcessor = 10 * availableParallelism();

/** The value of the app setting NAME for `%NAME%`, any other text as it is. */
function appSetting(text: string, context: z.RefinementCtx): string {
  const name = /^%([^%]+)%$/.exec(text)?.[1];
  if (name === undefined) return text;
  const value = process.env[name];
  if (value === undefined) context.addIssue(`the app setting ${name} is not set`);
  return value ?? z.NEVER;
}

const durableTask = z.object({
  hubName: z
    .string()
    .transform(appSetting)
    .pipe(z.string().regex(/^[A-Za-z][A-Za-z0-9]{2,44}$/, 'expected 3 to 45 letters and digits, a letter first'))
    .default('TestHubName'),
  maxConcurrentActivityFunctions: count.default(perProcessor),
  maxConcurrentOrchestratorFunctions: count.default(perProcessor),
  maxConcurrentEntityFunctions: count.default(perProcessor),
  maxEntityOperationBatchSize: count.default(5000),
  defaultVersion: z.string().optional(),
  versionMatchStrategy: z.enum(['None', 'Strict', 'CurrentOrOlder']).default('CurrentOrOlder'),
  versionFailureStrategy: z.enum(['Reject', 'Fail']).default('Reject'),
  httpSettings: z
    .object({ defaultAsyncRequestSleepTimeMilliseconds: count.default(30_000), useForwardedHost: z.boolean().default(false) })
    .prefault({}),
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

const http = z.object({
  routePrefix: z.string().default('api'),
  customHeaders: z.record(z.string(), z.string()).default({}),
});

const hostJson = z.object({
  version: z.literal('2.0', 'expected "2.0"'),
  functionTimeout: optionalTimeSpan.default(30 * 60_000),
  retry: z.unknown().optional(),
  extensions: z
    .object({
      http: http.prefault({}),
      durableTask: durableTask.prefault({}),
      serviceBus: serviceBus
        .refine(({ maxMessageBatchSize, minMessageBatchSize }) => minMessageBatchSize <= maxMessageBatchSize, {
          error: 'minMessageBatchSize must be at most maxMessageBatchSize',
        })
        .prefault({}),
    })
    .prefault({}),
});

/** The settings of host.json that are read, as paths such as `extensions.http.routePrefix`. */
export const HOST_JSON_SETTINGS: readonly string[] = [
  'version',
  'functionTimeout',
  ...Object.entries({ http, durableTask, serviceBus }).flatMap(([name, schema]) =>
    Object.keys(schema.shape).map((key) => `extensions.${name}.${key}`),
  ),
];

/** The settings of host.json that this host obeys, with Azure's defaults; durations in milliseconds. */
export type HostSettings = {
  readonly functionTimeoutMs: number | undefined;
  readonly http: { readonly routePrefix: string; readonly customHeaders: Readonly<Record<string, string>> };
  readonly durableTask: Readonly<z.infer<typeof durableTask>>;
  readonly serviceBus: Readonly<z.infer<typeof serviceBus>>;
};

/**
 * Reads host.json (https://learn.microsoft.com/azure/azure-functions/functions-host-json, and for its extensions
 * the pages of the HTTP, Durable Functions and Service Bus bindings). Settings that it does not know are ignored.
 * The app settings have to be in the environment already.
 * Throws `HostError` that names the file and the field.
 */
export function readHostSettings(folder: string): HostSettings {
  const file = join(folder, 'host.json');
  const { functionTimeout, retry, extensions } = readJsonFile(file, hostJson) ?? hostJson.parse({ version: '2.0' });
  // Azure's retry policies are per function since December 2022 (https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages#retries).
  if (retry !== undefined)
    logLine('warning', 'host', `${file}: "retry" has no effect. Give "retry" in the options of each timer function.`);
  return {
    functionTimeoutMs: functionTimeout,
    http: { ...extensions.http, routePrefix: extensions.http.routePrefix.replace(/^\/+|\/+$/g, '') },
    durableTask: extensions.durableTask,
    serviceBus: extensions.serviceBus,
  };
}
