import { HttpRequest, type InvocationContext } from '@azure/functions';
import { z } from 'zod';
import type { Side, SpanFacts } from '../../shared/telemetry/in-span.ts';
import type { WorkAtHand } from '../../shared/telemetry/work-at-hand.ts';

/** What a function was called for: its span, the `traceparent` that it came with, and the work. */
export type Occasion = {
  readonly name: string;
  readonly side: Side;
  readonly facts: SpanFacts;
  readonly parent: string | undefined;
  readonly work: WorkAtHand;
};

// Application properties come with their names in camel case; `Diagnostic-Id` is Azure's older name for the same value
// (https://learn.microsoft.com/azure/service-bus-messaging/service-bus-end-to-end-tracing#message-headers).
const properties = z.object({ traceparent: z.string().optional(), 'diagnostic-Id': z.string().optional() });
const message = z.object({ inboxId: z.string().optional() });
const runInput = z.object({
  runId: z.string().optional(),
  stepId: z.string().optional(),
  attempt: z.number().optional(),
  traceparent: z.string().optional(),
});

/** Reads an invocation. Nothing of what somebody sent is told but ids of our own. */
export function occasionOf(context: InvocationContext, input: unknown): Occasion {
  const { functionName, invocationId, options, traceContext } = context;
  const found = byTrigger(context, input);
  const work = { function: functionName, invocationId, ...found.work };
  return {
    ...found,
    name: found.name ?? `${options.trigger.type} ${functionName}`,
    parent: found.parent ?? traceContext?.traceParent,
    work,
  };
}

type Found = Omit<Occasion, 'name' | 'work' | 'parent'> & {
  readonly name?: string;
  readonly parent?: string | undefined;
  readonly work?: WorkAtHand;
};

function byTrigger(context: InvocationContext, input: unknown): Found {
  const { trigger } = context.options;
  switch (trigger.type) {
    case 'httpTrigger':
      return ofRequest(context, input);
    case 'serviceBusTrigger':
      return ofMessage(context, input);
    case 'activityTrigger':
      return ofActivity(context, input);
    default:
      return { side: 'internal', name: `timer ${context.functionName}`, facts: { 'faas.trigger': 'timer' } };
  }
}

function ofRequest({ options, traceContext }: InvocationContext, input: unknown): Found {
  const route = `/${text(options.trigger['route'])}`;
  const request = input instanceof HttpRequest ? input : undefined;
  // The host's own span hangs on the sender's; without a host that traces, ours does.
  const parent = traceContext?.traceParent ?? request?.headers.get('traceparent') ?? undefined;
  const method = request?.method ?? 'GET';
  const facts = { 'faas.trigger': 'http', 'http.request.method': method, 'http.route': route };
  return { side: 'server', name: `${method} ${route}`, facts, parent };
}

function ofMessage({ options, triggerMetadata }: InvocationContext, input: unknown): Found {
  const queue = text(options.trigger['queueName']);
  const sent = properties.safeParse(triggerMetadata?.['applicationProperties']).data;
  const inboxId = message.safeParse(input).data?.inboxId;
  const facts: SpanFacts = {
    'faas.trigger': 'pubsub',
    'messaging.system': 'servicebus',
    'messaging.destination.name': queue,
    'messaging.operation.type': 'process',
    'gatehouse.event.id': inboxId,
  };
  return { side: 'consumer', name: `process ${queue}`, facts, parent: sent?.traceparent ?? sent?.['diagnostic-Id'] };
}

function ofActivity({ functionName }: InvocationContext, input: unknown): Found {
  const { runId, stepId, attempt, traceparent } = runInput.safeParse(input).data ?? {};
  const facts = { 'faas.trigger': 'other', 'gatehouse.run.id': runId, 'gatehouse.step.id': stepId, 'gatehouse.run.attempt': attempt };
  return { side: 'internal', name: stepId ?? functionName, facts, parent: traceparent, work: { runId, stepId } };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
