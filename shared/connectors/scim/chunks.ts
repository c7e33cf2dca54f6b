type Waiting<Item, Result> = { readonly item: Item; readonly resolve: (result: Result) => void; readonly reject: (error: unknown) => void };

/** Collects what concerns one thing, so that it is sent together. */
export type Chunks<Item, Result> = { add(key: string, item: Item): Promise<Result> };

/** Sends items of one key together, at most `most` at once and one chunk after the other; what comes meanwhile waits for the next. `send` answers for each item, in order. */
export function createChunks<Item, Result>(
  most: number,
  send: (key: string, items: readonly Item[]) => Promise<readonly Result[]>,
): Chunks<Item, Result> {
  const queues = new Map<string, Waiting<Item, Result>[]>();
  const drain = async (key: string, queue: Waiting<Item, Result>[]): Promise<void> => {
    // What is asked for in the same breath goes together.
    await Promise.resolve();
    while (queue.length > 0) await sendChunk(queue.splice(0, most), (items) => send(key, items));
    queues.delete(key);
  };
  return {
    add: (key, item) =>
      new Promise((resolve, reject) => {
        const queue = queues.get(key);
        if (queue !== undefined) return void queue.push({ item, resolve, reject });
        const fresh = [{ item, resolve, reject }];
        queues.set(key, fresh);
        void drain(key, fresh);
      }),
  };
}

async function sendChunk<Item, Result>(
  chunk: readonly Waiting<Item, Result>[],
  send: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<void> {
  try {
    const results = await send(chunk.map(({ item }) => item));
    chunk.forEach(({ resolve, reject }, index) => {
      const result = results[index];
      if (result === undefined) reject(new Error('One was left without an answer.'));
      else resolve(result);
    });
  } catch (error) {
    for (const { reject } of chunk) reject(error);
  }
}
