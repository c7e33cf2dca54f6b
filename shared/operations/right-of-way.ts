/** Lets short work that somebody waits for go before long work that nobody does, where both share one process. */
export type RightOfWay = {
  /** Says that such work begins; the answer says that it is over. */
  enter(): () => void;
  /** Whether long work may begin now, without waiting: as long as nothing shorter is under way, and one piece of it every `paceMs` while there is. */
  mayPass(): boolean;
  /** Resolves when long work may begin: at once where nothing shorter is under way, else in its turn. */
  clear(): Promise<void>;
};

/**
 * While short work is under way, one piece of long work is let through every `paceMs` milliseconds, so that it comes to its turn without coming all at once; when
 * there is none, one after the other goes on.
 */
export function rightOfWay(paceMs: number): RightOfWay {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  let passedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const letOneThrough = (): void => {
    timer = undefined;
    waiting.shift()?.();
    wind();
  };
  const wind = (): void => {
    if (waiting.length > 0) timer ??= setTimeout(letOneThrough, underWay === 0 ? 0 : paceMs);
  };
  const leave = (): void => {
    underWay -= 1;
    if (underWay > 0) return;
    clearTimeout(timer);
    timer = undefined;
    wind();
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
    mayPass: () => {
      if (underWay > 0 && performance.now() - passedAt < paceMs) return false;
      passedAt = performance.now();
      return true;
    },
    clear: () =>
      new Promise((resolve) => {
        if (underWay === 0 && waiting.length === 0) return resolve();
        waiting.push(resolve);
        wind();
      }),
  };
}
