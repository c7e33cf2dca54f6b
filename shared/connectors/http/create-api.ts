import { GatehouseError } from '../../errors.ts';
import type { Api, ApiRequest, Reply, WriteResult } from './api.ts';
import { exchange, type Exchange, type Voice } from './exchange.ts';
import { machinePace, type Pace } from './pace.ts';

/** Sends one API request over the wire. */
export type Perform = (request: ApiRequest, signal: AbortSignal) => Promise<Response>;

/** What an API is made of. */
export type ApiParts = Voice & { readonly baseUrl: string; readonly perform: Perform; readonly pace?: Pace };

const repetitions = 3;
// A read that would have to wait longer is given up, and its step comes again later.
const longestWaitMs = 10_000;
const firstWaitMs = 200;
const laterMs = 5_000;

/** Makes an `Api` that classifies every answer, once and in one place. */
export function createApi(parts: ApiParts): Api {
  const pace = parts.pace ?? machinePace;
  const attempt = (request: ApiRequest, signal: AbortSignal) => exchange(() => parts.perform(request, signal), parts);
  return {
    system: parts.system,
    baseUrl: parts.baseUrl,
    read: (request, signal) => readRepeatedly(() => attempt(request, signal), pace, signal),
    write: async (request, signal) => toWriteResult(await attempt(request, signal)),
  };
}

async function readRepeatedly(attempt: () => Promise<Exchange>, pace: Pace, signal: AbortSignal): Promise<Reply> {
  for (let round = 0; ; round += 1) {
    const seen = await attempt();
    if (seen.is === 'answered' && seen.status >= 200 && seen.status < 300) return seen;
    const wait = waitBeforeNext(seen, round);
    if (wait === undefined || signal.aborted) throw toError(seen);
    await pace.wait(wait, signal).catch(() => {
      throw toError(seen);
    });
  }
}

/** How long to wait before reading again; undefined when that would not help, or not soon. */
function waitBeforeNext(seen: Exchange, round: number): number | undefined {
  if (round >= repetitions || seen.is === 'timed-out' || seen.is === 'malformed' || seen.is === 'not-sent') return undefined;
  if (seen.is === 'answered' && ![429, 503, 504].includes(seen.status)) return undefined;
  // A random share keeps callers that failed together from coming back together.
  const backoff = firstWaitMs * 2 ** round * (1 + Math.random());
  const wait = Math.max(backoff, seen.is === 'answered' ? (seen.retryAfterMs ?? 0) : 0);
  return wait > longestWaitMs ? undefined : wait;
}

function toError(seen: Exchange): GatehouseError {
  const { code, message, systemCode, requestId } = seen.problem;
  const retryAfterMs = 'retryAfterMs' in seen ? seen.retryAfterMs : undefined;
  return new GatehouseError(code === 'answer-lost' ? 'target-unreachable' : code, message, { systemCode, requestId, retryAfterMs });
}

function toWriteResult(seen: Exchange): WriteResult {
  if (seen.is === 'not-sent') return { is: 'later', problem: seen.problem, retryAfterMs: seen.retryAfterMs ?? laterMs };
  if (seen.is !== 'answered') return { is: 'lost', problem: seen.problem };
  if (seen.status >= 200 && seen.status < 300) return { is: 'ok', reply: seen };
  if (seen.status === 429) return { is: 'later', problem: seen.problem, retryAfterMs: seen.retryAfterMs ?? laterMs };
  // A write that met a 5xx, 503 with Retry-After included, may have landed; what is not implemented (501, RFC 9110 section 15.6.2) has not.
  if (seen.status >= 500 && seen.status !== 501) return { is: 'lost', problem: { ...seen.problem, code: 'answer-lost' } };
  return { is: 'refused', problem: seen.problem, status: seen.status, body: seen.body };
}
