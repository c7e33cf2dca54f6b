import type { LogRecord } from '../../shared/connectors/log/pino-log.ts';

/** Where telemetry goes, and how much of it. With neither destination there is none. */
export type TelemetrySettings = {
  readonly applicationInsights: { readonly connectionString: string; readonly authentication: string | undefined } | undefined;
  /** The base address of a collector that takes OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
  readonly otlpEndpoint: string | undefined;
  /** Which share of all traces is kept, 0 to 1: the same ones in every process. Metrics and logs are always kept. */
  readonly traceShare: number;
  /** The function app and its instance, as Azure calls them. */
  readonly teller: { readonly site: string | undefined; readonly instance: string | undefined };
};

/** Telemetry that goes out. */
export type Telemetry = {
  /** Takes a line of the log too. */
  readonly tell: (record: LogRecord) => void;
  /** Sends what is still here, and ends. Never throws. */
  readonly stop: () => Promise<void>;
};
