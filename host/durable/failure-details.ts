import { z } from 'zod';

const thrown = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z.string().optional(),
  isNonRetriable: z.boolean().optional(),
  properties: z.record(z.string(), z.unknown()),
});

/** Details of a failure as a history event carries them (durable-functions 3.5.0, `error/TaskFailedError.js`). */
export type FailureDetails = {
  readonly ErrorType: string;
  readonly ErrorMessage: string;
  readonly StackTrace?: string | undefined;
  readonly IsNonRetriable: boolean;
  readonly Properties: Readonly<Record<string, unknown>>;
};

/**
 * The details that an app with `setExceptionPropertiesProvider` throws from an activity in place of a message
 * (durable-functions 3.5.0, `error/ExceptionPropertiesProvider.js`); `undefined` for any other message.
 */
export function failureDetailsIn(message: string): FailureDetails | undefined {
  if (!message.startsWith('{"errorType":')) return undefined;
  const found = thrown.safeParse(parsed(message));
  if (!found.success) return undefined;
  const { errorType: ErrorType, errorMessage: ErrorMessage, stackTrace: StackTrace, properties: Properties } = found.data;
  return { ErrorType, ErrorMessage, StackTrace, IsNonRetriable: found.data.isNonRetriable ?? false, Properties };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
