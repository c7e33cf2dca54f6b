import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { GatehouseError } from '../errors.ts';
import type { SpanAttribute } from './span-attributes.ts';
import { contextOf, traceparentOf } from './traceparent.ts';

/** What may be said of a span: names of the table alone, and values that name nobody. */
export type SpanFacts = { readonly [Name in SpanAttribute]?: string | number | boolean | undefined };

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** On which side of a call a span is (https://opentelemetry.io/docs/specs/otel/trace/api/#spankind). */
export type Side = keyof typeof kinds;

/** A span to be made. `parent` is the `traceparent` that it hangs on, where that is not what is active. */
export type SpanOrder = {
  readonly name: string;
  readonly side?: Side;
  readonly facts?: SpanFacts;
  readonly parent?: string | null | undefined;
};

/**
 * Does work within a span, which ends with it. What the work throws is told by its code, or by its name where it has none, and never by its message: that may quote a person.
 * Without an SDK (https://opentelemetry.io/docs/specs/otel/library-guidelines/) nothing is made and the work is only done.
 */
export async function inSpan<Result>(order: SpanOrder, work: (span: Span) => Promise<Result>): Promise<Result> {
  const span = begin(order);
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    fail(span, kindOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** A span for something that takes no time, such as a hand-over. Answers the `traceparent` for what hangs on it; undefined where nothing is traced. */
export function pointSpan(order: SpanOrder): string | undefined {
  const span = begin(order);
  span.end();
  const made = span.spanContext();
  return trace.isSpanContextValid(made) ? traceparentOf(made) : undefined;
}

/** Says more of the span that is active. */
export function tellSpan(facts: SpanFacts): void {
  trace.getActiveSpan()?.setAttributes({ ...facts });
}

/** Marks a span as failed, by a code. */
export function fail(span: Span, code: string): void {
  span.setAttribute('error.type' satisfies SpanAttribute, code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function begin({ name, side = 'internal', facts = {}, parent }: SpanOrder): Span {
  const from = contextOf(parent) ?? context.active();
  return trace.getTracer('gatehouse').startSpan(name, { attributes: { ...facts }, kind: kinds[side] }, from);
}

function kindOf(error: unknown): string {
  if (error instanceof GatehouseError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
