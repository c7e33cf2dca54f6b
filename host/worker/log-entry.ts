import { isShown, logLine } from '../log-line.ts';
import type { LogLevel } from '../log-line.ts';
import type { AppRegistry } from './app-registry.ts';

/** What a log hook receives, and may change (azure-functions-nodejs-worker, `src/hooks/LogHookContext.ts`). */
export type LogEntry = {
  readonly hookData: object;
  readonly appHookData: object;
  readonly invocationContext: object | undefined;
  level: LogLevel;
  category: string;
  message: string;
};

/** Gives a log entry to the app's log hooks, and prints it under the name given where it is to be shown. */
export function logEntry(app: AppRegistry, source: string, entry: LogEntry): void {
  for (const hook of app.hooks.get('log') ?? []) hook(entry);
  if (isShown(entry.level, entry.category)) logLine(entry.level, source, entry.message);
}
