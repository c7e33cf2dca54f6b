import { GatehouseError } from '../../errors.ts';
import type { Answer } from '../../ports/writers/answer.ts';

const laterMs = 5_000;

/** Answers for a write that needed a read which failed: nothing was written, or what was refused could not be looked into. */
export async function tried(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const problem = {
      code: error.code,
      message: error.message,
      ...(error.systemCode === undefined ? {} : { systemCode: error.systemCode }),
    };
    const isFinal = error.code === 'target-refused' || error.code === 'target-forbidden' || error.code === 'target-not-found';
    return isFinal ? { is: 'refused', problem } : { is: 'later', retryAfterMs: error.retryAfterMs ?? laterMs, problem };
  }
}
