import { type Context, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';

// version-traceid-parentid-flags (https://www.w3.org/TR/trace-context/#traceparent-header); a later version may be longer.
const shape = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const sampledFlag = 1;

/** A span context as W3C's `traceparent`. */
export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & sampledFlag).toString(16).padStart(2, '0')}`;
}

/** What is active now, to be carried on by something that is stored or sent; undefined where nothing is traced. */
export function activeTraceparent(): string | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  return active === undefined || !trace.isSpanContextValid(active) ? undefined : traceparentOf(active);
}

/** The context that a `traceparent` names, for a parent; undefined where it is none. */
export function contextOf(traceparent: string | null | undefined): Context | undefined {
  const [, traceId, spanId, flags] = shape.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & sampledFlag, isRemote: true });
}

/** The trace id within a `traceparent`. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return shape.exec(traceparent ?? '')?.[1];
}
