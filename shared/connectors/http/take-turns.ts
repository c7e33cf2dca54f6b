/** Does work in turn, in the order it came; resolves with what the work answers. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets at most `most` pieces of work be under way at once; the others wait. */
export function takeTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes straight to the next, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
