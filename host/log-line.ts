/** The levels of the Functions log, least severe first (`RpcLogLevel` of `@azure/functions-core`). */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** Writes one line `level source message` to stderr; line breaks inside the message become `\n`, so one entry is one line. */
export function logLine(level: LogLevel, source: string, message: string): void {
  process.stderr.write(`${level} ${source} ${message.replace(/\r?\n|\r/g, '\\n')}\n`);
}

/** Whether an entry is printed: everything that the app logs, and of what its libraries log (category `system`) only problems. */
export function isShown(level: LogLevel, category: string): boolean {
  return category === 'user' || level === 'warning' || level === 'error' || level === 'critical';
}
