import type { Telemetry, TelemetrySettings } from './telemetry.ts';

/** Begins telemetry where it is wanted. What it needs is loaded only then: without a destination this costs nothing. */
export async function beginTelemetry(settings: TelemetrySettings): Promise<Telemetry | undefined> {
  const { applicationInsights, otlpEndpoint, traceShare, teller } = settings;
  if (applicationInsights === undefined && otlpEndpoint === undefined) return undefined;
  const otlp = otlpEndpoint === undefined ? undefined : (await import('./otlp-parts.ts')).otlpParts(otlpEndpoint);
  if (applicationInsights !== undefined) {
    const { beginAzureMonitor } = await import('./begin-azure-monitor.ts');
    return beginAzureMonitor({ ...applicationInsights, traceShare, teller, otlp });
  }
  const { beginOtlp } = await import('./begin-otlp.ts');
  return otlp && beginOtlp(otlp, { traceShare, teller });
}
