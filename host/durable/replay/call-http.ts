import { HTTP_ACTIVITY, httpResponse } from '../http-call.ts';
import type { HttpRequest, HttpResponse } from '../http-call.ts';
import type { Done, TaskContext } from './task-context.ts';

/**
 * Sends an HTTP request by an activity and, while the answer is 202, asks its `Location` again after `Retry-After`
 * (extension, `DurableOrchestrationContext.cs`, `CallHttpAsync`). Where an answer 202 lacks a usable `Location`, the
 * timer is made all the same and the call ends after it, as there; the library does not expect that timer.
 */
export function callHttp(context: TaskContext, request: HttpRequest, pollMs: number, done: Done): void {
  const send = (current: HttpRequest): void =>
    context.activity(HTTP_ACTIVITY, JSON.stringify(current), (succeeded, result) => {
      if (!succeeded) return done(false);
      const response = httpResponse.parse(JSON.parse(result ?? 'null'));
      if (response.statusCode !== 202 || request.asynchronousPatternEnabled === false) return done(true);
      const delay = delayOf(header(response, 'retry-after'), pollMs);
      if (delay === undefined) return done(false);
      context.timer(context.now + delay, () => {
        const location = header(response, 'location');
        if (location === undefined || !URL.canParse(location)) return done(false);
        send(pollRequest(request, location));
      });
    });
  send(request);
}

/** Undefined where it is no number of seconds: the extension understands no date there. */
function delayOf(retryAfter: string | undefined, pollMs: number): number | undefined {
  if (retryAfter === undefined) return pollMs;
  return /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
}

// The key of a function is not sent to the status address, which needs another one.
function pollRequest({ headers, tokenSource }: HttpRequest, uri: string): HttpRequest {
  const kept = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'x-functions-key');
  return { method: 'GET', uri, headers: Object.fromEntries(kept), ...(tokenSource === undefined ? {} : { tokenSource }) };
}

function header(response: HttpResponse, name: string): string | undefined {
  const value = Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : value?.[0];
}
