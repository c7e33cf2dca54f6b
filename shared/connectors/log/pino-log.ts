import { destination, pino, type DestinationStream } from 'pino';
import { logFields } from '../../ports/log-fields.ts';
import type { Log, LogFields } from '../../ports/log.ts';
import { workAtHand } from '../../telemetry/work-at-hand.ts';
import { errorFields } from './error-fields.ts';
import { scrubText } from './scrub-text.ts';

type Level = keyof Log;
type Value = string | number | boolean;

/** A line as it was logged, for whoever else keeps the log. */
export type LogRecord = { readonly level: Level; readonly message: string; readonly fields: Readonly<Record<string, Value>> };

/** From which level on, where to (else standard error), and who else is told. */
export type LogSettings = {
  readonly level?: string;
  readonly to?: DestinationStream;
  readonly also?: ((record: LogRecord) => void) | undefined;
};

/**
 * JSON lines, each with the time, the level, the work at hand and the fields that were given. Only fields of the table are shown, texts in them without what could name somebody, and errors by their
 * codes (`errorFields`).
 */
export function createPinoLog({ level = 'info', to, also }: LogSettings = {}): Log {
  const logger = pino({ level, base: null }, to ?? destination({ dest: 2, sync: true }));
  const write = (at: Level) => (message: string, given?: LogFields) => {
    if (!logger.isLevelEnabled(at)) return;
    const fields = tellable({ ...workAtHand(), ...given });
    logger[at](fields, message);
    also?.({ level: at, message, fields });
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function tellable({ error, ...given }: LogFields): Readonly<Record<string, Value>> {
  const told = Object.entries(given).flatMap(([name, value]) => {
    const as = name in logFields ? valueOf(value) : undefined;
    return as === undefined ? [] : [[name, as] as const];
  });
  return { ...Object.fromEntries(told), ...(error === undefined ? {} : errorFields(error)) };
}

function valueOf(value: unknown): Value | undefined {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map((one) => valueOf(one)).join(', ') : undefined;
}
