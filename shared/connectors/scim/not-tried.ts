import { GatehouseError } from '../../errors.ts';
import type { Answer } from '../../ports/writers/answer.ts';

const laterMs = 5_000;

/** The answer where something that had to be read before a write could not be read, so that nothing was written. */
export function notTried(error: unknown): Exclude<Answer, { readonly is: 'accepted' | 'lost' }> {
  if (!(error instanceof GatehouseError)) throw error;
  const { code, message, systemCode, requestId } = error;
  const problem = {
    code,
    message,
    ...(systemCode === undefined ? {} : { systemCode }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  if (code === 'target-not-found' || code === 'target-forbidden') return { is: 'refused', problem };
  return { is: 'later', retryAfterMs: error.retryAfterMs ?? laterMs, problem };
}
