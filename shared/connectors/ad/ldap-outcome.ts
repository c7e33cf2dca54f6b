import { ResultCodeError } from 'ldapts';
import type { Problem } from '../../domain/problem.ts';
import { GatehouseError, type ErrorCode } from '../../errors.ts';
import { NotSent } from '../http/not-sent.ts';
import { inWords } from './error-words.ts';

/** What became of an LDAP operation. The meaning of each is that of `Answer`; `code` is the result code of RFC 4511 section 4.1.9. */
export type LdapOutcome =
  | { readonly is: 'ok' }
  | { readonly is: 'refused'; readonly code: number; readonly problem: Problem }
  | { readonly is: 'lost'; readonly problem: Problem }
  | { readonly is: 'later'; readonly retryAfterMs: number; readonly problem: Problem };

const laterMs = 5_000;

/** Result codes (RFC 4511 appendix A) that say what to do; every other is a refusal. */
const codes: Readonly<Record<number, ErrorCode>> = {
  1: 'target-unavailable', // operationsError, with Active Directory's own code: the connection was not signed in
  3: 'target-unavailable', // timeLimitExceeded
  8: 'target-forbidden', // strongerAuthRequired
  11: 'target-throttled', // adminLimitExceeded
  32: 'target-not-found', // noSuchObject
  49: 'target-forbidden', // invalidCredentials
  50: 'target-forbidden', // insufficientAccessRights
  51: 'target-unavailable', // busy
  52: 'target-unavailable', // unavailable
  68: 'target-conflict', // entryAlreadyExists
};

/** operationsError and other: where no code of Active Directory's own says why, it is not known how far the server came. */
const unclear: ReadonlySet<number> = new Set([1, 80]);

/**
 * Classifies what an operation threw. Active Directory's own error is the eight hexadecimal digits at the start of its message
 * (https://learn.microsoft.com/windows/win32/debug/system-error-codes), and is kept; the text is for people only.
 */
export function toOutcome(error: unknown): Exclude<LdapOutcome, { readonly is: 'ok' }> {
  // Something of ours kept the connection from being made, such as a secret that is not configured.
  if (error instanceof GatehouseError) return { is: 'later', retryAfterMs: laterMs, problem: { code: error.code, message: error.message } };
  if (error instanceof NotSent)
    return { is: 'later', retryAfterMs: laterMs, problem: { code: 'target-unreachable', message: error.message } };
  if (!(error instanceof ResultCodeError)) {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'no reason given';
    return { is: 'lost', problem: { code: 'answer-lost', message: `Active Directory did not answer: ${why}` } };
  }
  // The library repeats the code at the end.
  const said = error.message
    .replaceAll('\0', '')
    .replace(/\s*Code: 0x[0-9a-f]+$/i, '')
    .trim();
  const extended = /\b([0-9A-F]{8}):/i.exec(said)?.[1]?.toUpperCase();
  if (unclear.has(error.code) && extended === undefined)
    return {
      is: 'lost',
      problem: {
        code: 'answer-lost',
        message: `Active Directory answered ${error.code} and no reason: ${said}`,
        systemCode: `LDAP ${error.code}`,
      },
    };
  const code = codes[error.code] ?? 'target-refused';
  const words = inWords(error.code, extended);
  const message = `Active Directory answered ${error.code}: ${words === undefined ? '' : `${words} `}${said}`;
  const problem = { code, message, systemCode: extended ?? `LDAP ${error.code}` };
  if (code === 'target-unavailable' || code === 'target-throttled') return { is: 'later', retryAfterMs: laterMs, problem };
  return { is: 'refused', code: error.code, problem };
}

/** The same as an error, for reads. */
export function toGatehouseError(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  const { problem } = toOutcome(error);
  const code = problem.code === 'answer-lost' ? 'target-unreachable' : problem.code;
  return new GatehouseError(code, problem.message, { systemCode: problem.systemCode, cause: error });
}
