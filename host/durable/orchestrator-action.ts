import { z } from 'zod';
import { httpRequest } from './http-call.ts';
import type { HttpRequest } from './http-call.ts';

/** Numbers of the actions of an orchestrator (durable-functions 3.5.0, `actions/ActionType.js`). */
export const ACTION = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

const optionalNumber = z.number().nullish();

const retryOptions = z.object({
  firstRetryIntervalInMilliseconds: z.number(),
  maxNumberOfAttempts: z.number(),
  backoffCoefficient: optionalNumber,
  maxRetryIntervalInMilliseconds: optionalNumber,
  retryTimeoutInMilliseconds: optionalNumber,
});

/** Retry options as the library sends them; times in milliseconds. */
export type RetryOptions = Readonly<z.infer<typeof retryOptions>>;

const activity = { functionName: z.string(), input: z.unknown().optional() };
const entity = { instanceId: z.string(), operation: z.string(), input: z.unknown().optional() };
const sub = { ...activity, instanceId: z.string().nullish(), version: z.string().nullish() };

/** One decision of the orchestrator function. */
export type OrchestratorAction =
  | { readonly actionType: 0; readonly functionName: string; readonly input?: unknown }
  | { readonly actionType: 1; readonly functionName: string; readonly input?: unknown; readonly retryOptions: RetryOptions }
  | (SubOrchestratorAction & { readonly actionType: 2 })
  | (SubOrchestratorAction & { readonly actionType: 3; readonly retryOptions: RetryOptions })
  | { readonly actionType: 4; readonly input?: unknown }
  | { readonly actionType: 5; readonly fireAt: string; readonly isCanceled?: boolean | undefined }
  | { readonly actionType: 6; readonly externalEventName: string }
  | { readonly actionType: 11 | 12; readonly compoundActions: readonly OrchestratorAction[] }
  | (EntityAction & { readonly actionType: 7 | 9 })
  | { readonly actionType: 8; readonly httpRequest: HttpRequest }
  | {
      readonly actionType: 13;
      readonly lockSet: readonly { readonly name: string; readonly key: string }[];
      readonly lockRequestId: string;
    }
  | { readonly actionType: 14 };

/** A call of an entity, or a signal to it; `instanceId` is its scheduler id. */
export type EntityAction = { readonly instanceId: string; readonly operation: string; readonly input?: unknown };

/** A call of a sub-orchestrator. */
export type SubOrchestratorAction = {
  readonly functionName: string;
  readonly input?: unknown;
  readonly instanceId?: string | null | undefined;
  readonly version?: string | null | undefined;
};

const action: z.ZodType<OrchestratorAction> = z.lazy(() =>
  z.discriminatedUnion('actionType', [
    z.object({ actionType: z.literal(ACTION.CallActivity), ...activity }),
    z.object({ actionType: z.literal(ACTION.CallActivityWithRetry), ...activity, retryOptions }),
    z.object({ actionType: z.literal(ACTION.CallSubOrchestrator), ...sub }),
    z.object({ actionType: z.literal(ACTION.CallSubOrchestratorWithRetry), ...sub, retryOptions }),
    z.object({ actionType: z.literal(ACTION.ContinueAsNew), input: z.unknown().optional() }),
    z.object({ actionType: z.literal(ACTION.CreateTimer), fireAt: z.string(), isCanceled: z.boolean().optional() }),
    z.object({ actionType: z.literal(ACTION.WaitForExternalEvent), externalEventName: z.string() }),
    z.object({ actionType: z.union([z.literal(ACTION.WhenAny), z.literal(ACTION.WhenAll)]), compoundActions: z.array(action) }),
    z.object({ actionType: z.union([z.literal(ACTION.CallEntity), z.literal(ACTION.SignalEntity)]), ...entity }),
    z.object({ actionType: z.literal(ACTION.CallHttp), httpRequest }),
    z.object({
      actionType: z.literal(ACTION.LockEntities),
      lockSet: z.array(z.object({ name: z.string(), key: z.string() })),
      lockRequestId: z.string(),
    }),
    z.object({ actionType: z.literal(ACTION.ReleaseEntities) }),
  ]),
);

/**
 * What an orchestrator function answers (durable-functions 3.5.0, `orchestrations/OrchestratorState.js`): whether the
 * generator has returned, all its actions so far (one inner list from replay schema 2 on), and its outcome.
 */
export const orchestratorState = z.object({
  isDone: z.boolean(),
  actions: z.array(z.array(action)),
  output: z.unknown().optional(),
  error: z.string().optional(),
  customStatus: z.unknown().optional(),
  /** Of the failed task whose error the orchestrator did not catch. */
  failureDetails: z.unknown().optional(),
});

/** The checked answer of an orchestrator function. */
export type OrchestratorState = z.infer<typeof orchestratorState>;
