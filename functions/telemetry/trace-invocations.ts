import { app, type FunctionHandler, type InvocationContext, type PreInvocationContext } from '@azure/functions';
import type { Span } from '@opentelemetry/api';
import { errorFields } from '../../shared/connectors/log/error-fields.ts';
import { fail, inSpan, type SpanFacts } from '../../shared/telemetry/in-span.ts';
import { atWork } from '../../shared/telemetry/work-at-hand.ts';
import { type Occasion, occasionOf } from './occasion-of.ts';

/**
 * Has every invocation of a function be a span and a piece of work, but those of orchestrators, which are replayed. It hangs on what it was called with: the sender's or the message's trace, or that
 * of the run, which is carried in the input of its activities. Where the host has made a span for the invocation already, ours is one within the process.
 */
export function traceInvocations(): void {
  app.hook.preInvocation((invocation) => {
    const { type } = invocation.invocationContext.options.trigger;
    if (type !== 'orchestrationTrigger' && type !== 'entityTrigger') invocation.functionHandler = traced(invocation);
  });
}

function traced({ functionHandler, invocationContext, inputs }: PreInvocationContext): FunctionHandler {
  return (input: unknown, context: InvocationContext) => {
    const occasion = occasionOf(invocationContext, inputs[0]);
    const { parent, work } = occasion;
    return atWork(work, parent, () =>
      inSpan(orderOf(occasion, invocationContext), (span) => invoke(functionHandler, { input, context, span })),
    );
  };
}

function orderOf({ name, side, facts, parent }: Occasion, { traceContext, functionName, invocationId }: InvocationContext) {
  const own: SpanFacts = { 'faas.name': functionName, 'faas.invocation_id': invocationId };
  return { name, parent, side: traceContext?.traceParent === undefined ? side : ('internal' as const), facts: { ...own, ...facts } };
}

type Invocation = { readonly input: unknown; readonly context: InvocationContext; readonly span: Span };

/** What a function throws the host writes into its own log: words of other systems are taken out of it before. */
async function invoke(handler: FunctionHandler, { input, context, span }: Invocation): Promise<unknown> {
  try {
    const result: unknown = await handler(input, context);
    tellStatus(span, result);
    return result;
  } catch (error) {
    const { error: words = 'no reason given', errorCode, stack } = errorFields(error);
    const told = new Error(errorCode === undefined ? words : `${errorCode}: ${words}`);
    told.stack = `${told.message}\n${stack ?? ''}`;
    throw told;
  }
}

function tellStatus(span: Span, result: unknown): void {
  if (typeof result !== 'object' || result === null || !('status' in result) || typeof result.status !== 'number') return;
  span.setAttribute('http.response.status_code', result.status);
  // On the server's side only its own failures are failures (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status).
  if (result.status >= 500) fail(span, String(result.status));
}
