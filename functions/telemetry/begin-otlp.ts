import { context, metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { tellLogger } from './tell-logger.ts';
import type { OtlpParts } from './otlp-parts.ts';
import { serviceResource } from './service-resource.ts';
import type { Telemetry, TelemetrySettings } from './telemetry.ts';

/** Telemetry by OpenTelemetry's own SDK to a collector. Whoever calls with a trace that is kept has it kept here too; of all others the share is. */
export function beginOtlp(
  { spans, metrics: reader, logs: records }: OtlpParts,
  { traceShare, teller }: Pick<TelemetrySettings, 'traceShare' | 'teller'>,
): Telemetry {
  const resource = serviceResource(teller);
  const root = new TraceIdRatioBasedSampler(traceShare);
  const tracing = new BasicTracerProvider({ resource, sampler: new ParentBasedSampler({ root }), spanProcessors: [spans] });
  const metering = new MeterProvider({ resource, readers: [reader] });
  const logging = new LoggerProvider({ resource, processors: [records] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracing);
  metrics.setGlobalMeterProvider(metering);
  logs.setGlobalLoggerProvider(logging);
  return {
    tell: tellLogger(),
    stop: async () => {
      await Promise.allSettled([tracing.shutdown(), metering.shutdown(), logging.shutdown()]);
    },
  };
}
