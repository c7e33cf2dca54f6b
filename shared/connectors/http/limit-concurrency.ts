import type { Api } from './api.ts';

/** The same API with at most `most` calls under way at once; the others wait their turn, in order. A call that is given up meanwhile is not sent. */
export function limitConcurrency(api: Api, most: number): Api {
  const waiting: (() => void)[] = [];
  let running = 0;
  const inTurn = async <T>(call: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await call();
    } finally {
      // The place goes straight to the next, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return {
    ...api,
    read: (request, signal) => inTurn(() => api.read(request, signal)),
    write: (request, signal) => inTurn(() => api.write(request, signal)),
  };
}
