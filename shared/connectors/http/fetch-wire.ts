import { NotSent } from './not-sent.ts';
import { tellWire } from './told-wire.ts';
import type { Wire } from './wire.ts';

/**
 * Codes with which a connection fails before a byte of the request is out: Node's `getaddrinfo` and `connect` errors, undici's connect timeout
 * (https://undici.nodejs.org/#/docs/api/Errors), and TLS verification errors, which end the handshake.
 */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Sends with `fetch`, one attempt, no redirects, each bounded by `timeoutMs` up to the end of the answer's body. */
export function createFetchWire(timeoutMs: number): Wire {
  return tellWire(async (request, signal) => {
    if (signal.aborted) throw new NotSent('The call was given up before it was sent.', { cause: signal.reason });
    try {
      return await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        ...(request.body === undefined ? {} : { body: request.body }),
      });
    } catch (error) {
      throw asNotSent(error) ?? error;
    }
  });
}

/** The failure as `NotSent`, where it came before a byte of the request was out; else undefined. */
export function asNotSent(error: unknown): NotSent | undefined {
  const code = causeCode(error);
  if (code === undefined || !beforeSending.test(code)) return undefined;
  return new NotSent(`No connection could be made (${code}).`, { cause: error });
}

/** The system error code under a failed `fetch`, such as `ECONNRESET`; an address with several IPs fails with an `AggregateError` whose code is its first's. */
export function causeCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}
