import { type AzureMonitorOpenTelemetryOptions, shutdownAzureMonitor, useAzureMonitor } from '@azure/monitor-opentelemetry';
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { tellLogger } from './tell-logger.ts';
import type { OtlpParts } from './otlp-parts.ts';
import { serviceResource } from './service-resource.ts';
import type { Telemetry, TelemetrySettings } from './telemetry.ts';

/** What Azure Monitor is told, and a collector besides. */
export type AzureMonitorOrder = {
  readonly connectionString: string;
  /** `Authorization=AAD`, and `;ClientId=…` for a user-assigned identity (https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication). */
  readonly authentication: string | undefined;
  readonly traceShare: number;
  readonly teller: TelemetrySettings['teller'];
  readonly otlp: OtlpParts | undefined;
};

/**
 * Telemetry by Microsoft's distribution (https://learn.microsoft.com/azure/azure-monitor/app/opentelemetry-configuration). Its instrumentations are off: they would put addresses, filters and
 * statements into spans; our own say what may be said. Traces are sampled by their id and not so many a second, so that all processes keep the same ones whole.
 */
export function beginAzureMonitor({ connectionString, authentication, traceShare, teller, otlp }: AzureMonitorOrder): Telemetry {
  const credential = credentialOf(authentication);
  const off = { enabled: false };
  const options: AzureMonitorOpenTelemetryOptions = {
    azureMonitorExporterOptions: { connectionString, ...(credential === undefined ? {} : { credential }), disableOfflineStorage: true },
    resource: serviceResource(teller),
    samplingRatio: traceShare,
    tracesPerSecond: 0,
    enableTraceBasedSamplingForLogs: false,
    enableLiveMetrics: false,
    instrumentationOptions: { azureSdk: off, http: off, mongoDb: off, mySql: off, postgreSql: off, redis: off, bunyan: off, winston: off },
    ...(otlp === undefined ? {} : { spanProcessors: [otlp.spans], metricReaders: [otlp.metrics], logRecordProcessors: [otlp.logs] }),
  };
  useAzureMonitor(options);
  return { tell: tellLogger(), stop: () => shutdownAzureMonitor().catch(() => undefined) };
}

function credentialOf(authentication: string | undefined): DefaultAzureCredential | ManagedIdentityCredential | undefined {
  const parts = new Map(authentication?.split(';').map((part) => part.trim().toLowerCase().split('=') as [string, string | undefined]));
  if (parts.get('authorization') !== 'aad') return undefined;
  const clientId = parts.get('clientid');
  return clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
}
