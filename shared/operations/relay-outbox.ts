import type { Clock } from '../ports/clock.ts';
import type { Queue, QueueName } from '../ports/queue.ts';
import type { OutboxRow } from '../ports/registry/inbox.ts';
import type { Registry } from '../ports/registry/registry.ts';

export type RelayDeps = { readonly registry: Registry; readonly clock: Clock; readonly queue: Queue };

const batch = 500;
const giveUpMs = 30_000;

/** Hands to the queue what has not been handed over within `olderThanMs`, until nothing is left. Answers how many. Handing over twice is harmless. */
export async function relayOutbox(deps: RelayDeps, olderThanMs: number): Promise<number> {
  let relayed = 0;
  for (;;) {
    const rows = await deps.registry.stores.outbox.unsent(batch, deps.clock.now() - olderThanMs);
    if (rows.length === 0) return relayed;
    await sendRows(deps, rows, AbortSignal.timeout(giveUpMs));
    await markSent(deps, rows);
    relayed += rows.length;
  }
}

/** Hands the rows to the queue. They are to be marked as sent then. */
export async function sendRows(deps: RelayDeps, rows: readonly OutboxRow[], signal: AbortSignal): Promise<void> {
  const messages = rows.map((row) => ({
    queue: row.topic as QueueName,
    messageId: row.attempts === 0 ? row.id : `${row.id}.${row.attempts}`,
    ...(row.topic === 'lifecycle-events' ? { sessionId: row.sessionId } : {}),
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
    body: { inboxId: row.inboxId },
  }));
  await deps.queue.send(messages, signal);
}

/** Marks rows that the queue has taken, ahead of the work of others, so that they are not sent again. */
export async function markSent(deps: RelayDeps, rows: readonly OutboxRow[]): Promise<void> {
  await deps.registry.ingest.outbox.markSent(
    rows.map((row) => row.id),
    deps.clock.now(),
  );
}
