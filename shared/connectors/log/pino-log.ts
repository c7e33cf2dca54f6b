import { destination, pino, type DestinationStream } from 'pino';
import type { Log } from '../../ports/log.ts';

/** Names of fields whose value never reaches the log, at the top or one level down. */
const secretNames = [
  'password',
  'secret',
  'token',
  'code',
  'authorization',
  'clientSecret',
  'client_secret',
  'temporaryAccessPass',
  'unicodePwd',
];

/** JSON lines on standard error, or on `to`, each with the time and level. Errors are logged by name and message, without their stack. */
export function createPinoLog(settings: { readonly level?: string; readonly to?: DestinationStream } = {}): Log {
  const logger = pino(
    {
      level: settings.level ?? 'info',
      base: null,
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      serializers: { err: describe, error: describe, cause: describe },
    },
    settings.to ?? destination({ dest: 2, sync: true }),
  );
  return {
    info: (message, fields) => logger.info({ ...fields }, message),
    warn: (message, fields) => logger.warn({ ...fields }, message),
    error: (message, fields) => logger.error({ ...fields }, message),
  };
}

function describe(value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message } : value;
}
