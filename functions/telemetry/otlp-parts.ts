import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchLogRecordProcessor, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** What sends spans, metrics and logs to a collector. */
export type OtlpParts = { readonly spans: SpanProcessor; readonly metrics: MetricReader; readonly logs: LogRecordProcessor };

const metricsEveryMs = 30_000;

/**
 * OTLP over HTTP in JSON to `<endpoint>/v1/traces`, `/v1/metrics` and `/v1/logs`. Headers to sign in with, and how often spans are sent, are matters of OpenTelemetry's own settings
 * (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_BSP_SCHEDULE_DELAY`; https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export function otlpParts(endpoint: string): OtlpParts {
  const url = (signal: string) => `${endpoint.replace(/\/+$/, '')}/v1/${signal}`;
  return {
    spans: new BatchSpanProcessor(new OTLPTraceExporter({ url: url('traces') })),
    metrics: new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: url('metrics') }),
      exportIntervalMillis: metricsEveryMs,
    }),
    logs: new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: url('logs') }) }),
  };
}
