import type { InstanceRow } from './instance.ts';
import type { TaskHub } from './task-hub.ts';

/** How long a request waits for the end of an instance, and how often it looks; milliseconds. */
export type Patience = { readonly timeoutMs: number; readonly intervalMs: number };

const SHORTEST_INTERVAL_MS = 10;
const ENDED: ReadonlySet<string> = new Set(['Completed', 'Failed', 'Terminated']);

/**
 * Waits until an instance has ended; `undefined` where it has not within the time given, or nobody listens any more. What is
 * counted is the patience of a client, so it is time as it passes for the client, whatever the clock of the host says.
 */
export async function waitForEnd(
  hub: TaskHub,
  id: string,
  { timeoutMs, intervalMs }: Patience,
  isHeard: () => boolean,
): Promise<InstanceRow | undefined> {
  const step = Math.max(intervalMs, SHORTEST_INTERVAL_MS);
  for (let left = timeoutMs; ; left -= step) {
    await hub.context.batch.committed();
    const row = hub.context.rows.find(id);
    if (row && ENDED.has(row.status)) return row;
    if (left <= 0 || !isHeard()) return undefined;
    await new Promise((resume) => setTimeout(resume, Math.min(left, step)));
  }
}
