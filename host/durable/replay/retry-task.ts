import type { RetryOptions } from '../orchestrator-action.ts';
import type { Done, TaskContext } from './task-context.ts';

// The default of the extension (`RetryOptions.cs`).
const DEFAULT_MAX_INTERVAL_MS = 6 * 86_400_000;

/** Begins a task again after it failed, as often as the options say (DurableTask.Core, `RetryInterceptor.cs`). */
export function retryTask(context: TaskContext, options: RetryOptions, call: (end: Done) => void, done: Done): void {
  const limit = options.retryTimeoutInMilliseconds;
  const expiresAt = limit ? context.now + limit : Infinity;
  const attempt = (number: number): void =>
    call((succeeded) => {
      if (succeeded) return done(true);
      // The last failure, too, is followed by a timer, which fires at once: the library counts on its id.
      if (number >= options.maxNumberOfAttempts) return void context.timer(context.now, () => done(false));
      if (context.now >= expiresAt) return done(false);
      context.timer(context.now + delayAfter(options, number), () => attempt(number + 1));
    });
  attempt(1);
}

function delayAfter(options: RetryOptions, attempt: number): number {
  const delay = options.firstRetryIntervalInMilliseconds * Math.pow(options.backoffCoefficient ?? 1, attempt - 1);
  return Math.min(delay, options.maxRetryIntervalInMilliseconds ?? DEFAULT_MAX_INTERVAL_MS);
}
