import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import type { Telemetry } from './telemetry.ts';

const severities = { info: SeverityNumber.INFO, warn: SeverityNumber.WARN, error: SeverityNumber.ERROR } as const;

/** Takes lines of the log to the logger provider that is registered, with the trace that is active. */
export function tellLogger(): Telemetry['tell'] {
  const logger = logs.getLogger('gatehouse');
  return ({ level, message, fields }) =>
    logger.emit({ severityNumber: severities[level], severityText: level, body: message, attributes: { ...fields } });
}
