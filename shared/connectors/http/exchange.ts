import type { Problem } from '../../domain/problem.ts';
import type { ErrorCode } from '../../errors.ts';
import { causeCode } from './fetch-wire.ts';
import { NotSent } from './not-sent.ts';
import { retryAfterMs } from './retry-after.ts';
import type { ErrorDialect } from './system-error.ts';

/** How one attempt ended: answered, never sent, or sent without a usable answer. */
export type Exchange =
  | {
      readonly is: 'answered';
      readonly status: number;
      readonly body: unknown;
      readonly requestId: string | undefined;
      readonly etag?: string;
      readonly problem: Problem;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly is: 'not-sent'; readonly problem: Problem; readonly retryAfterMs: number | undefined }
  | { readonly is: 'cut' | 'timed-out' | 'malformed'; readonly problem: Problem };

/** Names the system for people and knows how it spells errors. */
export type Voice = { readonly system: string; readonly dialect: ErrorDialect };

/** Performs one attempt and says how it ended; never throws. The body is read whole here, so that a connection cut in the middle of it is seen. */
export async function exchange(perform: () => Promise<Response>, voice: Voice): Promise<Exchange> {
  try {
    const response = await perform();
    return await readAnswer(response, voice);
  } catch (error) {
    return failed(error, voice.system);
  }
}

async function readAnswer(response: Response, voice: Voice): Promise<Exchange> {
  const { status, headers } = response;
  const text = await response.text();
  const parsed = parse(text);
  const said = voice.dialect(parsed.is === 'json' ? parsed.value : undefined, headers);
  if (response.ok && parsed.is === 'broken') {
    return {
      is: 'malformed',
      problem: problemOf('target-answer-invalid', `${voice.system} answered with a body that is not JSON.`, { requestId: said.requestId }),
    };
  }
  const message = `${voice.system} answered ${status}${said.message === undefined ? '' : `: ${said.message}`}`;
  const problem = problemOf(codeOf(status), message, { systemCode: said.code, requestId: said.requestId });
  return {
    is: 'answered',
    status,
    body: parsed.is === 'json' ? parsed.value : undefined,
    requestId: said.requestId,
    ...etagIn(headers),
    problem,
    retryAfterMs: retryAfterMs(headers),
  };
}

function etagIn(headers: Headers): { readonly etag?: string } {
  const etag = headers.get('etag');
  return etag === null ? {} : { etag };
}

function parse(text: string): { readonly is: 'json'; readonly value: unknown } | { readonly is: 'none' | 'broken' } {
  if (text === '') return { is: 'none' };
  try {
    const value: unknown = JSON.parse(text);
    return { is: 'json', value };
  } catch {
    return { is: 'broken' };
  }
}

/** The error code that a status calls for (RFC 9110 section 15). */
function codeOf(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'target-forbidden';
  if (status === 404) return 'target-not-found';
  if (status === 409 || status === 412) return 'target-conflict';
  if (status === 429) return 'target-throttled';
  // What is not implemented (501) will not be there in a while either.
  return status >= 500 && status !== 501 ? 'target-unavailable' : 'target-refused';
}

function failed(error: unknown, system: string): Exchange {
  if (error instanceof NotSent) {
    return {
      is: 'not-sent',
      problem: problemOf('target-unreachable', `${system} was not called: ${error.message}`),
      retryAfterMs: error.retryAfterMs,
    };
  }
  const timedOut = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const cause = causeCode(error);
  const how = timedOut ? 'did not answer in time' : `cut the connection${cause === undefined ? '' : ` (${cause})`} before it had answered`;
  return { is: timedOut ? 'timed-out' : 'cut', problem: problemOf('answer-lost', `${system} ${how}.`) };
}

/** A problem without the properties that are not known. */
function problemOf(
  code: ErrorCode,
  message: string,
  ids: { readonly systemCode?: string | undefined; readonly requestId?: string | undefined } = {},
): Problem {
  return {
    code,
    message,
    ...(ids.systemCode === undefined ? {} : { systemCode: ids.systemCode }),
    ...(ids.requestId === undefined ? {} : { requestId: ids.requestId }),
  };
}
