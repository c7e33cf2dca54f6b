/** Remembers which objects were just created: Entra ID may answer 404 for them for minutes (https://devblogs.microsoft.com/identity, 2026-03-24). */
export type RecentObjects = { add(id: string): void; has(id: string): boolean };

const visibleAfterMs = 5 * 60_000;

/** Keeps ids for five minutes by a monotonic clock. After a restart nothing is remembered, and a 404 counts as an answer. */
export function createRecentObjects(now: () => number = () => performance.now()): RecentObjects {
  const since = new Map<string, number>();
  const forget = (): void => {
    for (const [id, at] of since) if (now() - at > visibleAfterMs) since.delete(id);
  };
  return {
    add: (id) => {
      forget();
      since.set(id, now());
    },
    has: (id) => {
      forget();
      return since.has(id);
    },
  };
}
