/** Lets short work that somebody waits for go before long work that nobody does, where both share one process. */
export type RightOfWay = {
  /** Says that such work begins; the answer says that it is over. */
  enter(): () => void;
  /** Resolves when none is under way, at the latest after so many milliseconds: what is to wait must still come to its turn. */
  clear(limitMs: number): Promise<void>;
};

export function rightOfWay(): RightOfWay {
  const waiting = new Set<() => void>();
  let underWay = 0;
  const leave = (): void => {
    underWay -= 1;
    if (underWay === 0) for (const goOn of waiting) goOn();
  };
  return {
    enter() {
      underWay += 1;
      let isOver = false;
      return () => {
        if (!isOver) leave();
        isOver = true;
      };
    },
    clear: (limitMs) =>
      new Promise((resolve) => {
        if (underWay === 0) return resolve();
        const goOn = (): void => {
          clearTimeout(timer);
          waiting.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, limitMs);
        waiting.add(goOn);
      }),
  };
}
