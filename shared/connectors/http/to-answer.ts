import type { Answer } from '../../ports/writers/answer.ts';
import type { WriteResult } from './api.ts';

/** The answer to a write on an object whose id was known before. */
export function toAnswer(result: WriteResult, id: string): Answer {
  if (result.is === 'ok') return accepted(id, result.reply.requestId);
  return toUnaccepted(result);
}

/** `accepted`, with the request id where there is one. */
export function accepted(id: string, requestId?: string): Extract<Answer, { readonly is: 'accepted' }> {
  return { is: 'accepted', id, ...(requestId === undefined ? {} : { requestId }) };
}

/** A result that is not a success as the answer it means. */
export function toUnaccepted(result: Exclude<WriteResult, { readonly is: 'ok' }>): Exclude<Answer, { readonly is: 'accepted' }> {
  if (result.is === 'refused') return { is: 'refused', problem: result.problem };
  return result;
}

/** The write succeeded by its status, yet its body does not say what came of it: to be looked for. */
export function answerWithoutId(system: string, requestId: string | undefined): Extract<Answer, { readonly is: 'lost' }> {
  const message = `${system} said yes, but its answer does not name what it made.`;
  return { is: 'lost', problem: { code: 'target-answer-invalid', message, ...(requestId === undefined ? {} : { requestId }) } };
}
