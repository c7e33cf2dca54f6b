import type { Api } from './api.ts';
import { takeTurns } from './take-turns.ts';

/** The same API with at most `most` calls under way at once; the others wait their turn, in order. A call that is given up meanwhile is not sent. */
export function limitConcurrency(api: Api, most: number): Api {
  const inTurn = takeTurns(most);
  return {
    ...api,
    read: (request, signal) => inTurn(() => api.read(request, signal)),
    write: (request, signal) => inTurn(() => api.write(request, signal)),
  };
}
