import type { Answer } from '../../ports/writers/answer.ts';
import type { WriteResult } from '../http/api.ts';
import { toUnaccepted } from '../http/to-answer.ts';
import type { RecentObjects } from './recent-objects.ts';

const lookAgainMs = 5_000;

/** A failed write as an answer, where a 404 for an object that we have just created means only that it cannot be seen yet. */
export function unlessNotYetVisible(
  result: Exclude<WriteResult, { readonly is: 'ok' }>,
  id: string,
  recent: RecentObjects,
): Exclude<Answer, { readonly is: 'accepted' }> {
  if (result.is === 'refused' && result.status === 404 && recent.has(id))
    return { is: 'later', retryAfterMs: lookAgainMs, problem: result.problem };
  return toUnaccepted(result);
}
