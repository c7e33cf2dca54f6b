import type { WireAnswer } from '../../foundation/wire.ts';
import type { GraphFailure } from './graph-failure.ts';

/** What names a call in its answer. */
export type CallIdentity = { readonly requestId: string; readonly clientRequestId: string; readonly now: number };

/** The answer for a refusal, in Graph's error format. */
export function failureAnswer(failure: GraphFailure, identity: CallIdentity): WireAnswer {
  const innerError = {
    date: new Date(identity.now).toISOString().slice(0, 19),
    'request-id': identity.requestId,
    'client-request-id': identity.clientRequestId,
  };
  const details =
    failure.details.length === 0 ? {} : { details: failure.details.map((detail) => ({ message: failure.message, ...detail })) };
  return {
    status: failure.status,
    headers: failure.headers,
    body: { error: { code: failure.code, message: failure.message, ...details, innerError } },
  };
}
