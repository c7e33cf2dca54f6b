import type { LogField } from './log-fields.ts';

/** What may be said with a line: fields of the table alone. `error` takes the error as it is; the log makes its fields of it. */
export type LogFields = { readonly [Field in Exclude<LogField, 'errorCode' | 'systemCode' | 'systemRequestId' | 'stack'>]?: unknown };

/** Structured logging. Never a name, a secret, or words of somebody else in a message or a field. */
export type Log = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
};
