import { randomUUID } from 'node:crypto';
import type { WireAnswer } from '../../foundation/wire.ts';

/** A refusal of the token endpoint: the OAuth error (RFC 6749 section 5.2) with Entra ID's own number. */
export type TokenFailure = { readonly status: 400 | 401; readonly error: string; readonly number: number; readonly text: string };

/** The answer for a refusal, as Entra ID words it (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
export function tokenFailureAnswer(failure: TokenFailure, now: number): WireAnswer {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const { status, error, number, text } = failure;
  const description = `AADSTS${number}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
  return {
    status,
    body: { error, error_description: description, error_codes: [number], timestamp, trace_id: trace, correlation_id: correlation },
  };
}
